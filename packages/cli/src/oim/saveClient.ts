import path from 'node:path';
import { reserve } from '@omnia-buildstream/engine/files/namedFile';
import { causeOf, codeOf, cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';

export interface ClientFile {
  keep(text: string): Promise<void>;
  discard(): Promise<void>;
}

/** Creates the file, readable only by its owner, before there is a secret to lose. @throws UserError */
export async function placeForClient(file: string, io: Io): Promise<ClientFile> {
  const reserved = await reserve(io.fs, path.resolve(io.cwd, file), 0o600).catch((error: unknown) => {
    const why = codeOf(error) === 'EEXIST' ? 'it is there already' : causeOf(error);
    throw cannotRun('file', `${file} cannot be made: ${why}. No client was registered.`);
  });
  return {
    async keep(text) {
      await reserved.keep(text);
      await io.stderr.write(`The client's id and secret are in ${file}; read it with "set -a; . ${file}".\n`);
    },
    discard: () => reserved.discard(),
  };
}
