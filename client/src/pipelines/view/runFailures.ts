import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import { NotUtf8Error } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { whyFailed } from '@omnia-buildstream/gitlab/omnia/why/whyFailed';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import type { FailedCount } from '../pipelineSummary.ts';
import { omniaProject } from '../project/omniaProject.ts';
import type { OpenProject } from '../project/projectSession.ts';

interface Learned {
  /** The restart that the count belongs to; a retry creates another one. */
  readonly jobId: number;
  readonly count: FailedCount | undefined;
}

/** How many nodes failed in the pipelines that are shown; read once for each failed restart. */
export class RunFailures {
  readonly #learned = new Map<number, Learned>();

  /** Undefined if none failed, or if the number is unknown. */
  of(pipelineId: number): FailedCount | undefined {
    return this.#learned.get(pipelineId)?.count;
  }

  /** @returns whether something is known now that was not known before */
  async learn(open: OpenProject, trees: ReadonlyMap<number, PipelineNode>): Promise<boolean> {
    let isNew = false;
    for (const [id, tree] of trees) {
      const restart = findDeployRun(tree)?.restart;
      if (restart?.status !== 'failed') this.#learned.delete(id);
      if (restart?.status !== 'failed' || this.#learned.get(id)?.jobId === restart.id) continue;
      const count = await failedCount(open, tree, restart);
      this.#learned.set(id, { jobId: restart.id, count });
      isNew ||= count !== undefined;
    }
    return isNew;
  }

  clear(): void {
    this.#learned.clear();
  }
}

/** Undefined if it cannot be read: the view still shows the pipeline. */
async function failedCount(open: OpenProject, tree: PipelineNode, restart: Job): Promise<FailedCount | undefined> {
  try {
    const { failedNodes, totalNodes } = await whyFailed(omniaProject(open), tree, restart);
    const failed = failedNodes.length;
    if (failed === 0) return undefined;
    // Some versions of Omnia put the number of list entries there, which says nothing about the nodes that were tried.
    return { failed, tried: totalNodes !== undefined && totalNodes > failed ? totalNodes : undefined };
  } catch (error) {
    if (isGitLabError(error) || error instanceof NotUtf8Error) return undefined;
    throw error;
  }
}
