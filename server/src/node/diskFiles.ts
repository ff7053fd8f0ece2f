import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRegular } from '@omnia-buildstream/core/files/readRegular';
import type { FileSource } from '../files.ts';

/** Files of this machine. */
export const diskFiles: FileSource = {
  async read(uri) {
    try {
      // Windows has neither this flag nor pipes in folders.
      const nonBlocking = (constants.O_NONBLOCK as number | undefined) ?? 0;
      const file = await open(fileURLToPath(uri), constants.O_RDONLY | nonBlocking);
      return new TextDecoder().decode(await readRegular(file));
    } catch {
      return undefined;
    }
  },
  async states(folderUri, choose) {
    try {
      const folder = fileURLToPath(folderUri);
      const found = await Promise.all(
        choose(await readdir(folder)).map(async (name) => {
          // A file that disappears meanwhile does not affect the others.
          const stats = await lstat(path.join(folder, name)).catch(() => undefined);
          return stats?.isFile() === true ? [[name, `${String(stats.size)} ${String(stats.ctimeMs)}`] as const] : [];
        }),
      );
      return new Map(found.flat());
    } catch {
      return undefined;
    }
  },
};
