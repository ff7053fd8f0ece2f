import type { CallOptions } from '../http/requester.ts';
import type { Commit } from '../model/commit.ts';
import type { GitLabClient } from './client.ts';

/** Older changes of a file are not looked through. */
const mostCommits = 50;

/**
 * The commit that gave a file the content that it had at a time (milliseconds since 1970); if all known ones are newer,
 * the oldest. Both times are in whole seconds, so a commit of the same second counts as newer: rows that it adds are
 * then shown as new, and not as booted. Undefined when the branch has no such file. @throws GitLabError
 */
export async function commitAsOf(
  client: Pick<GitLabClient, 'files'>,
  { projectId, branch, path, timeMs }: { projectId: number; branch: string; path: string; timeMs: number },
  call: CallOptions,
): Promise<Commit | undefined> {
  const commits = await client.files.commits(projectId, { ref: branch, path, count: mostCommits }, call);
  return (
    commits.find(({ createdMs }) => createdMs !== undefined && second(createdMs) < second(timeMs)) ?? commits.at(-1)
  );
}

function second(timeMs: number): number {
  return Math.floor(timeMs / 1_000);
}
