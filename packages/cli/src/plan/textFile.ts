import path from 'node:path';
import { CannotRun, causeOf } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { decode } from '../validate/decode.ts';

/** Reads a text file; throws CannotRun with the path as given. */
export async function textOf(file: string, io: Io): Promise<string> {
  try {
    return decode(await io.fs.readFile(path.resolve(io.cwd, file))).text;
  } catch (error) {
    throw new CannotRun('file', `${file} cannot be read: ${causeOf(error)}. Check the path.`);
  }
}
