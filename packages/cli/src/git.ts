import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Mapping files of a hundred thousand nodes are larger than the default. */
const maxOutputBytes = 200 * 1024 * 1024;

/** A file as git has it at HEAD; undefined when there is no git, no repository or no such file in it. */
export async function committedText(file: string): Promise<string | undefined> {
  const arguments_ = ['-C', path.dirname(file), 'show', `HEAD:./${path.basename(file)}`];
  try {
    const { stdout } = await execute('git', arguments_, { maxBuffer: maxOutputBytes });
    return stdout;
  } catch {
    return undefined;
  }
}
