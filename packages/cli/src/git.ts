import path from 'node:path';
import type { ListVersion } from '@omnia-buildstream/core/history/listMarks';
import { cannotRun } from './cannotRun.ts';
import type { Io } from './io.ts';

/**
 * A file, by its absolute path, as it is in git at HEAD; undefined when there is no git, no repository or no such file.
 */
export function committedText(file: string, io: Io): Promise<string | undefined> {
  return show('HEAD', file, io);
}

/**
 * A file, by its absolute path, as it is in a commit; empty when the commit does not have it.
 * @param revision a commit, a branch or a tag, as the user named it
 * @throws UserError when git does not have that commit
 */
export async function textAt(revision: string, file: string, io: Io): Promise<string> {
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const known = await io.git(['-C', path.dirname(file), ...asked]);
  if (known === undefined) {
    throw cannotRun(
      'arguments',
      `Git has no commit "${revision}" here. Check the name; in CI fetch the whole history (GIT_DEPTH: 0).`,
    );
  }
  return (await show(revision, file, io)) ?? '';
}

/** A file as it is in the local copy of a remote branch; undefined without one. */
export function remoteText(branch: string, file: string, io: Io): Promise<string | undefined> {
  return show(`refs/remotes/origin/${branch}`, file, io);
}

function show(revision: string, file: string, { git }: Pick<Io, 'git'>): Promise<string | undefined> {
  return git(['-C', path.dirname(file), 'show', '--end-of-options', `${revision}:./${path.basename(file)}`]);
}

/** The last versions of a file, by its absolute path, the newest first; none without git or repository. */
export async function versionsOf(file: string, most: number, io: Io): Promise<readonly ListVersion[]> {
  const form = '--format=%H%x09%ct%x09%an';
  const told = await io.git([
    '-C',
    path.dirname(file),
    'log',
    '-n',
    String(most),
    form,
    '--',
    `./${path.basename(file)}`,
  ]);
  const versions: ListVersion[] = [];
  for (const line of (told ?? '').split('\n').filter((one) => one !== '')) {
    const [commit = '', seconds = '', ...name] = line.split('\t');
    versions.push({ at: Number(seconds) * 1_000, by: name.join(' '), text: (await show(commit, file, io)) ?? '' });
  }
  return versions;
}

/** The address of the remote `origin`; undefined without git, repository or remote. */
export async function remoteAddress({ git, cwd }: Io): Promise<string | undefined> {
  const address = (await git(['-C', cwd, 'remote', 'get-url', 'origin']))?.trim();
  return address === '' ? undefined : address;
}
