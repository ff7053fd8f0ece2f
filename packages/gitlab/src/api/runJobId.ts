import { isGitLabError } from '../errors/gitlabError.ts';
import type { CallOptions } from '../http/requester.ts';
import { runJobIdIn } from '../trace/runJobId.ts';
import { findDeployRun } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import type { GitLabClient } from './client.ts';

/** The log of a select job has a few lines; a longer log is something else. */
const longestLogBytes = 65_536;

/** BuildStreaM's job ID of a deploy run, from the log of the select job that passed. Undefined if it is not found. */
export async function readRunJobId(
  client: Pick<GitLabClient, 'jobs'>,
  { projectId, tree }: { projectId: number; tree: PipelineNode },
  call: CallOptions,
): Promise<string | undefined> {
  const chosen = findDeployRun(tree)?.images.find(({ status }) => status === 'success');
  if (chosen === undefined) return undefined;
  try {
    const { chunks } = await client.jobs.trace(chosen.projectId ?? projectId, chosen.id, call);
    let log = '';
    for await (const chunk of chunks) {
      log += Buffer.from(chunk).toString('latin1');
      if (log.length > longestLogBytes) break;
    }
    return runJobIdIn(log);
  } catch (error) {
    // Not fatal: every caller accepts an unknown ID.
    if (isGitLabError(error)) return undefined;
    throw error;
  }
}
