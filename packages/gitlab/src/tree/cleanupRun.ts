import type { Job } from '../model/job.ts';
import { allPipelines, jobsOf, type PipelineNode } from './nodes.ts';

/** The child pipeline that deletes images and artifacts of the image groups that are selected in it. */
export interface CleanupRun {
  readonly node: PipelineNode;
  /** One manual job for each image group, as in a deploy run. */
  readonly images: readonly Job[];
  /** Deletes what was selected. */
  readonly cleanup: Job | undefined;
}

const cleanupName = 'cleanup';
const selectStage = 'select_image';
/** A pipeline with one of these touches nodes, whatever else it deletes. */
const nodeStages: ReadonlySet<string> = new Set(['deploy', 'restart']);

/** Whether this pipeline itself deletes images and touches no node. Source: Omnia's guide on cleanup operations. */
export function isCleaning(node: PipelineNode): boolean {
  const names = node.stages.map(({ name }) => name);
  return names.includes(selectStage) && !names.some((name) => nodeStages.has(name)) && jobsOf(node).some(isCleanup);
}

/** The newest cleanup child in the tree. Undefined if there is none (yet). */
export function findCleanupRun(root: PipelineNode): CleanupRun | undefined {
  const [node] = allPipelines(root)
    .filter(isCleaning)
    .sort((a, b) => b.pipeline.id - a.pipeline.id);
  if (node === undefined) return undefined;
  const jobs = jobsOf(node);
  return { node, images: jobs.filter(({ stage }) => stage === selectStage), cleanup: jobs.find(isCleanup) };
}

export function isCleanup({ name, stage }: Pick<Job, 'name' | 'stage'>): boolean {
  return name === cleanupName || stage === cleanupName;
}
