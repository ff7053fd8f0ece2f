import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { RequestType, type Connection } from 'vscode-languageserver/node';
import { readRegular } from '@omnia-buildstream/core/files/readRegular';
import type { ReadFileRequest } from './protocol.ts';

/** Reads files of the workspace; undefined when there is none or it cannot be read. */
export interface FileSource {
  read(uri: string): Promise<string | undefined>;
  /** The files of a folder with their sizes in bytes; undefined where that is not known. */
  sizes?(folderUri: string): Promise<ReadonlyMap<string, number> | undefined>;
}

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

const readFileRequest = new RequestType<ReadFileRequest['params'], ReadFileRequest['result'], void>(
  'buildstream/readFile' satisfies ReadFileRequest['method'],
);

/** `file:` from disk, everything else through the client. */
export function workspaceFiles(connection: Connection, disk: FileSource): FileSource {
  return {
    async read(uri) {
      if (uri.startsWith('file:')) return disk.read(uri);
      try {
        return (await connection.sendRequest(readFileRequest, { uri })).text ?? undefined;
      } catch {
        return undefined;
      }
    },
    sizes: async (folderUri) => (folderUri.startsWith('file:') ? disk.sizes?.(folderUri) : undefined),
  };
}
