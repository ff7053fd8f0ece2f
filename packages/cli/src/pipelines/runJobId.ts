import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { runJobIdIn } from '@omnia-buildstream/gitlab/trace/runJobId';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import type { ActionContext } from './context.ts';

/** The log of a select job has a few lines; anything longer is something else. */
const longestLogBytes = 65_536;

/** BuildStreaM's job of a deploy run, from the log of the chosen image; undefined when it is not to be found. */
export async function runJobIdOf({ client, project, call }: ActionContext, tree: PipelineNode) {
  const chosen = findDeployRun(tree)?.images.find(({ status }) => status === 'success');
  if (chosen === undefined) return undefined;
  try {
    const { chunks } = await client.jobs.trace(project.id, chosen.id, call);
    let log = '';
    for await (const chunk of chunks) {
      log += Buffer.from(chunk).toString('latin1');
      if (log.length > longestLogBytes) break;
    }
    return runJobIdIn(log);
  } catch (error) {
    // Only a warning depends on it.
    if (isGitLabError(error)) return undefined;
    throw error;
  }
}
