import path from 'node:path';
import type { Io } from './io.ts';

/** A file, by its absolute path, as git has it at HEAD; undefined when there is no git, no repository or no such file. */
export function committedText(file: string, { git }: Io): Promise<string | undefined> {
  return git(['-C', path.dirname(file), 'show', `HEAD:./${path.basename(file)}`]);
}

/** The address of the remote `origin`; undefined without git, repository or remote. */
export async function remoteAddress({ git, cwd }: Io): Promise<string | undefined> {
  const address = (await git(['-C', cwd, 'remote', 'get-url', 'origin']))?.trim();
  return address === '' ? undefined : address;
}
