import type { Bridge, Job } from '../model/job.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { GroupState } from '../status/compose.ts';

/** A pipeline with everything below it. */
export interface PipelineNode {
  readonly kind: 'pipeline';
  readonly pipeline: Pipeline;
  readonly state: GroupState;
  /** 0 for the pipeline itself, 1 for its children, 2 for theirs: GitLab allows no more. */
  readonly depth: number;
  /** In the order in which they run. Empty if the jobs are not loaded. */
  readonly stages: readonly StageNode[];
  /** False if only the pipeline itself is known, not its jobs. */
  readonly isLoaded: boolean;
  /** What GitLab does not show of it, because a permission is missing or it is gone. */
  readonly hidden: readonly PipelinePart[];
}

export type PipelinePart = 'pipeline' | 'jobs' | 'trigger-jobs';

export interface StageNode {
  readonly kind: 'stage';
  readonly name: string;
  readonly state: GroupState;
  /** In the order in which they were created. */
  readonly entries: readonly (JobNode | BridgeNode)[];
}

export interface JobNode {
  readonly kind: 'job';
  /** The newest try. */
  readonly job: Job;
  /** Earlier tries, newest first; their IDs stay valid for logs. */
  readonly earlier: readonly Job[];
}

export interface BridgeNode {
  readonly kind: 'bridge';
  readonly bridge: Bridge;
  readonly earlier: readonly Bridge[];
  /** Undefined until GitLab has created it. */
  readonly child: PipelineNode | undefined;
}

/** The pipeline and all its children, parents first. */
export function allPipelines(root: PipelineNode): PipelineNode[] {
  const children = bridgesOf(root).flatMap(({ child }) => (child === undefined ? [] : allPipelines(child)));
  return [root, ...children];
}

/** The jobs of this pipeline only, newest tries. */
export function jobsOf(node: PipelineNode): Job[] {
  return node.stages.flatMap(({ entries }) => entries.flatMap((entry) => (entry.kind === 'job' ? [entry.job] : [])));
}

/** The trigger jobs of this pipeline only. */
export function bridgesOf(node: PipelineNode): BridgeNode[] {
  return node.stages.flatMap(({ entries }) => entries.filter((entry) => entry.kind === 'bridge'));
}

/** The pipelines of the tree that are partly or completely hidden. */
export function hiddenIn(root: PipelineNode): PipelineNode[] {
  return allPipelines(root).filter(({ hidden }) => hidden.length > 0);
}
