import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { RequestType, type Connection } from 'vscode-languageserver/node';
import type { ReadFileRequest } from './protocol.ts';

/** Reads files of the workspace; undefined when there is none or it cannot be read. */
export interface FileSource {
  read(uri: string): Promise<string | undefined>;
}

/** The files of interest are a few kilobytes; something this large is not one of them. */
const maxBytes = 16 * 1024 * 1024;

/** Files of this machine. */
export const diskFiles: FileSource = {
  async read(uri) {
    try {
      const path = fileURLToPath(uri);
      const { size } = await stat(path);
      if (size > maxBytes) return undefined;
      return new TextDecoder().decode(await readFile(path));
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
