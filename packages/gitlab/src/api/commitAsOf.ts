import type { CallOptions } from '../http/requester.ts';
import type { Commit } from '../model/commit.ts';
import type { GitLabClient } from './client.ts';

/** Only this many of a file's newest commits are checked. */
const mostCommits = 50;

/**
 * The commit that a file's content came from at a given time (milliseconds since 1970). If all known commits are newer,
 * the oldest of them. Both times are in whole seconds, so a commit of the same second counts as newer: the rows that it
 * adds are then shown as new, and not as booted. Undefined if the branch has no such file. @throws GitLabError
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
