import path from 'node:path';
import { causeOf, cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { decode, type SourceText } from '../validate/decode.ts';

/** Reads a text file. @throws UserError with the path as given */
export async function textOf(file: string, io: Io): Promise<string> {
  return (await sourceOf(file, io)).text;
}

/** Reads a text file, and how it was decoded from bytes. @throws UserError with the path as given */
export async function sourceOf(file: string, io: Io): Promise<SourceText> {
  try {
    return decode(await io.fs.readFile(path.resolve(io.cwd, file)));
  } catch (error) {
    throw cannotRun('file', `${file} cannot be read: ${causeOf(error)}. Check the path.`);
  }
}

export async function isFolder(name: string, io: Io): Promise<boolean> {
  try {
    return (await io.fs.stat(path.resolve(io.cwd, name))).isDirectory();
  } catch {
    // Reading it says what is wrong.
    return false;
  }
}
