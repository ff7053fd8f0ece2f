import { RequestType, type Connection } from 'vscode-languageserver';
import type { ReadFileRequest } from './protocol.ts';

/** Reads files of the workspace. Undefined if a file does not exist or cannot be read. */
export interface FileSource {
  read(uri: string): Promise<string | undefined>;
  /**
   * The files of a folder whose names `choose` selects, each with a text that changes when the file does. Undefined if
   * this is not known.
   */
  states?(folderUri: string, choose: ChooseNames): Promise<ReadonlyMap<string, string> | undefined>;
}

type ChooseNames = (names: readonly string[]) => readonly string[];

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
    states: async (folderUri, choose) => {
      return folderUri.startsWith('file:') ? disk.states?.(folderUri, choose) : undefined;
    },
  };
}
