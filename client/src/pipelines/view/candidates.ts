import { judgePlay } from '@omnia-buildstream/gitlab/actions/judgePlay';
import { judgeRetryJob, judgeRetryPipeline } from '@omnia-buildstream/gitlab/actions/judgeRetry';
import type { Pipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import {
  childrenOf,
  hasLog,
  jobOf,
  runElement,
  type JobElement,
  type PipelineElement,
  type RunElement,
} from './pipelineElements.ts';

export type JobAction = 'play' | 'play-with-variables' | 'retry' | 'log';

/** The jobs with which this can be done now, in the order of the trees. */
export function jobsFor(action: JobAction, trees: readonly PipelineNode[]): JobElement[] {
  return trees.flatMap((root) =>
    elementsOf(root).flatMap((element) =>
      element.kind === 'job' && isPossible(action, root, element) ? [element] : [],
    ),
  );
}

/** The pipelines, children among them, whose failed jobs can be run again now. */
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
    .flatMap((pipeline) => withChildren(runElement(pipeline, byId.get(pipeline.id))))
    .flatMap((element): (RunElement | JobElement)[] => {
      if (element.kind === 'run') return element.pipeline.webUrl === undefined ? [] : [element];
      return element.kind === 'job' && jobOf(element.entry).webUrl !== undefined ? [element] : [];
    });
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

function elementsOf(root: PipelineNode): PipelineElement[] {
  return withChildren(runElement(root.pipeline, root));
}

function withChildren(element: PipelineElement): PipelineElement[] {
  return [element, ...childrenOf(element).flatMap(withChildren)];
}
