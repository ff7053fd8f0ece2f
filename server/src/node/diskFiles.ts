import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRegular } from '@omnia-buildstream/core/files/readRegular';
import type { FileSource } from '../files.ts';

/** A folder of ours has fewer files. */
const mostListed = 1_000;

/** Files of this machine. */
export const diskFiles: FileSource = {
  async read(uri) {
    try {
      // Windows has no such flag, and no pipes in folders.
      const nonBlocking = (constants.O_NONBLOCK as number | undefined) ?? 0;
      const file = await open(fileURLToPath(uri), constants.O_RDONLY | nonBlocking);
      return new TextDecoder().decode(await readRegular(file));
    } catch {
      return undefined;
    }
  },
  async sizes(folderUri) {
    try {
      const folder = fileURLToPath(folderUri);
      const names = await readdir(folder);
      const found = await Promise.all(
        names.slice(-mostListed).map(async (name) => {
          const stats = await lstat(path.join(folder, name));
          return stats.isFile() ? [[name, stats.size] as const] : [];
        }),
      );
      return new Map(found.flat());
    } catch {
      return undefined;
    }
  },
};
