import { RequestType, type Connection } from 'vscode-languageserver';
import type { ReadFileRequest } from './protocol.ts';

/** Reads files of the workspace; undefined when there is none or it cannot be read. */
export interface FileSource {
  read(uri: string): Promise<string | undefined>;
  /** The files of a folder with their sizes in bytes; undefined where that is not known. */
  sizes?(folderUri: string): Promise<ReadonlyMap<string, number> | undefined>;
}

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
