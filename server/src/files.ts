import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { RequestType, type Connection } from 'vscode-languageserver/node';
import { readRegular } from '@omnia-buildstream/core/files/readRegular';
import type { ReadFileRequest } from './protocol.ts';

/** Reads files of the workspace; undefined when there is none or it cannot be read. */
export interface FileSource {
  read(uri: string): Promise<string | undefined>;
}

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
  };
}
