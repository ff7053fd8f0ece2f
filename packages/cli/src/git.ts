import path from 'node:path';
import type { Io } from './io.ts';

/**
 * A file, by its absolute path, as git has it; undefined when there is no git, no repository or no such file.
 * @param revision a commit, a branch or a tag
 */
export function committedText(file: string, { git }: Io, revision = 'HEAD'): Promise<string | undefined> {
  return git(['-C', path.dirname(file), 'show', '--end-of-options', `${revision}:./${path.basename(file)}`]);
}

/** The address of the remote `origin`; undefined without git, repository or remote. */
export async function remoteAddress({ git, cwd }: Io): Promise<string | undefined> {
  const address = (await git(['-C', cwd, 'remote', 'get-url', 'origin']))?.trim();
  return address === '' ? undefined : address;
}
