import { judgePlay } from '@omnia-buildstream/gitlab/actions/judgePlay';
import { judgeRetryJob, judgeRetryPipeline } from '@omnia-buildstream/gitlab/actions/judgeRetry';
import type { Pipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import { allPipelines, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { hasLog, jobOf, runElement, type JobElement, type RunElement } from './pipelineElements.ts';

export type JobAction = 'play' | 'play-with-variables' | 'retry' | 'log';

/** The jobs for which this is possible now, in the order of the trees. */
export function jobsFor(action: JobAction, trees: readonly PipelineNode[]): JobElement[] {
  return trees.flatMap((root) =>
    elementsOf(root).flatMap((element) =>
      element.kind === 'job' && isPossible(action, root, element) ? [element] : [],
    ),
  );
}

/** The pipelines, including children, whose failed jobs can be retried now. */
export function runsToRetry(trees: readonly PipelineNode[]): RunElement[] {
  return trees
    .flatMap(elementsOf)
    .flatMap((element) =>
      element.kind === 'run' && element.node !== undefined && judgeRetryPipeline(element.node).allowed ? [element] : [],
    );
}

/** What has a page in GitLab: the listed pipelines, and the children and jobs of those that are loaded. */
export function pagesOf(
  pipelines: readonly Pipeline[],
  trees: readonly PipelineNode[],
): readonly (RunElement | JobElement)[] {
  const byId = new Map(trees.map((tree) => [tree.pipeline.id, tree]));
  return pipelines
    .flatMap((pipeline) => {
      const tree = byId.get(pipeline.id);
      return tree === undefined ? [runElement(pipeline, undefined)] : elementsOf(tree);
    })
    .filter((one) => (one.kind === 'run' ? one.pipeline : jobOf(one.entry)).webUrl !== undefined);
}

function isPossible(action: JobAction, root: PipelineNode, { entry }: JobElement): boolean {
  const job = jobOf(entry);
  switch (action) {
    case 'play':
      return judgePlay(root, job).allowed;
    case 'play-with-variables':
      return job.kind === 'job' && judgePlay(root, job).allowed;
    case 'retry':
      return judgeRetryJob(job).allowed;
    case 'log':
      return hasLog(job);
  }
}

/** Each pipeline of a tree and its jobs, including trigger jobs: a list contains all that the view leaves out. */
function elementsOf(root: PipelineNode): (RunElement | JobElement)[] {
  const rootId = root.pipeline.id;
  return allPipelines(root).flatMap((node) => [
    runElement(node.pipeline, node, rootId),
    ...node.stages
      .flatMap(({ entries }) => entries)
      .map((entry): JobElement => ({ kind: 'job', id: `job-${String(jobOf(entry).id)}`, rootId, entry })),
  ]);
}
