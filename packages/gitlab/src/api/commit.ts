import { isGitLabError, type GitLabError } from '../errors/gitlabError.ts';
import type { CallOptions } from '../http/requester.ts';
import type { Commit } from '../model/commit.ts';
import type { RepositoryFile } from '../model/file.ts';
import type { GitLabClient } from './client.ts';
import type { NewCommit } from './files.ts';
import { sendOnce, type Outcome } from './outcome.ts';

type Client = Pick<GitLabClient, 'files'>;

/** Someone else changed a file first. Nothing was written. */
export interface CommitConflict {
  readonly kind: 'conflict';
  readonly error: GitLabError;
  /** The current files, for a three-way view. Files that no longer exist are left out. */
  readonly current: readonly RepositoryFile[];
}

/**
 * Commits files, each only if it is unchanged since it was read. If the response is lost, reads the files to find out
 * whether the commit was made.
 * @throws GitLabError
 */
export async function commitFiles(
  client: Client,
  { projectId, commit }: { projectId: number; commit: NewCommit },
  { writing, reading }: { writing: CallOptions; reading: CallOptions },
): Promise<Outcome<Commit> | CommitConflict> {
  const readAll = () => currentFiles(client, { projectId, commit }, reading);
  try {
    const outcome = await sendOnce(
      () => client.files.commit(projectId, commit, writing),
      async () =>
        (await isWritten(commit, readAll)) ? newestCommit(client, { projectId, commit }, reading) : undefined,
    );
    return outcome;
  } catch (error) {
    if (!isGitLabError(error, 'conflict', 'refused')) throw error;
    // GitLab may reword its refusal, so what counts is whether a file differs from the version that was read.
    const current = await readAll();
    if (!hasChanged(commit, current)) throw error;
    return { kind: 'conflict', error, current };
  }
}

function hasChanged({ files }: NewCommit, current: readonly RepositoryFile[]): boolean {
  return files.some(
    ({ path, lastCommitId }) => current.find((file) => file.path === path)?.lastCommitId !== lastCommitId,
  );
}

async function isWritten({ files }: NewCommit, readAll: () => Promise<readonly RepositoryFile[]>): Promise<boolean> {
  const current = await readAll();
  return files.every(({ path, content }) => {
    const file = current.find((one) => one.path === path);
    return file !== undefined && Buffer.compare(file.content, content) === 0;
  });
}

async function currentFiles(
  client: Client,
  { projectId, commit: { branch, files } }: { projectId: number; commit: NewCommit },
  reading: CallOptions,
): Promise<RepositoryFile[]> {
  const found = await Promise.all(
    files.map(({ path }) =>
      client.files.show(projectId, path, branch, reading).catch((error: unknown) => {
        if (isGitLabError(error, 'not-found')) return undefined;
        throw error;
      }),
    ),
  );
  return found.filter((file) => file !== undefined);
}

async function newestCommit(
  client: Client,
  { projectId, commit: { branch, files } }: { projectId: number; commit: NewCommit },
  reading: CallOptions,
): Promise<Commit | undefined> {
  const path = files[0]?.path;
  const where = { ref: branch, count: 1, ...(path === undefined ? {} : { path }) };
  const [newest] = await client.files.commits(projectId, where, reading);
  return newest;
}
