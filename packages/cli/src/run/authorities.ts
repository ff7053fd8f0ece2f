import path from 'node:path';
import { causeOf, cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';

/** PEM of the certificate authorities in the file that `option` names. @throws UserError */
export async function readAuthorities(file: string, io: Io, option = '--ca'): Promise<string> {
  let text: string;
  try {
    text = Buffer.from(await io.fs.readFile(path.resolve(io.cwd, file))).toString('utf8');
  } catch (error) {
    throw cannotRun('file', `${file} cannot be read: ${causeOf(error)}. Check the path.`);
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw cannotRun('file', `${file} has no certificate in it; ${option} takes a PEM file.`);
}
