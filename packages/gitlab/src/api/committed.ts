import { isGitLabError, type GitLabError } from '../errors/gitlabError.ts';
import type { CallOptions } from '../http/requester.ts';
import type { Commit } from '../model/commit.ts';
import type { RepositoryFile } from '../model/file.ts';
import type { GitLabClient } from './client.ts';
import { commitFiles, type CommitConflict } from './commit.ts';
import type { NewCommit } from './files.ts';
import type { Outcome } from './outcome.ts';

/** A commit, and what reading the branch afterwards showed. */
export interface Committed {
  readonly commit: Commit;
  readonly check: ReadBack;
}

export type ReadBack =
  /** The branch has what was sent. `files` are the new base for the next edit. */
  | { readonly kind: 'same'; readonly files: readonly RepositoryFile[] }
  /** Someone has changed a file since. */
  | { readonly kind: 'changed-since'; readonly paths: readonly string[] }
  | { readonly kind: 'not-read'; readonly error: GitLabError };

export type CommitResult = Outcome<Committed> | CommitConflict;

/**
 * Commits files, each only if it is unchanged since it was read, and reads them back. Sends the commit once.
 * @throws GitLabError if GitLab refused; nothing was written
 */
export async function commitAndReadBack(
  client: Pick<GitLabClient, 'files'>,
  { projectId, commit }: { projectId: number; commit: NewCommit },
  calls: { writing: CallOptions; reading: CallOptions },
): Promise<CommitResult> {
  const result = await commitFiles(client, { projectId, commit }, calls);
  if (result.kind !== 'done' && result.kind !== 'found') return result;
  const check = await readBack(client, { projectId, commit }, calls.reading);
  return { ...result, value: { commit: result.value, check } };
}

async function readBack(
  client: Pick<GitLabClient, 'files'>,
  { projectId, commit: { branch, files } }: { projectId: number; commit: NewCommit },
  reading: CallOptions,
): Promise<ReadBack> {
  try {
    const now = await Promise.all(files.map(({ path }) => client.files.show(projectId, path, branch, reading)));
    const changed = files.filter(
      ({ content }, index) => Buffer.compare(now[index]?.content ?? Buffer.of(), content) !== 0,
    );
    return changed.length === 0
      ? { kind: 'same', files: now }
      : { kind: 'changed-since', paths: changed.map(({ path }) => path) };
  } catch (error) {
    if (!isGitLabError(error)) throw error;
    // The commit was made anyway; a missing file was removed afterwards.
    if (isGitLabError(error, 'not-found')) return { kind: 'changed-since', paths: files.map(({ path }) => path) };
    return { kind: 'not-read', error };
  }
}
