import type { Job } from '../model/job.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { phaseOf } from '../status/statuses.ts';
import { allPipelines, bridgesOf, jobsOf, type PipelineNode } from '../tree/nodes.ts';
import type { Activity } from './delay.ts';

/** Equal if two responses look the same in a list. Leaves out durations of running pipelines, which always change. */
export function listKey(pipelines: readonly Pipeline[]): string {
  return pipelines.map(({ id, status, updatedMs }) => `${String(id)}:${status}:${String(updatedMs)}`).join();
}

export function jobsKey(jobs: readonly Job[]): string {
  return jobs.map(({ id, status, pipelineStatus }) => `${String(id)}:${status}:${pipelineStatus ?? ''}`).join();
}

/** Equal if two trees show the same. */
export function treeKey(root: PipelineNode): string {
  return allPipelines(root)
    .map((node) => {
      const jobs = jobsOf(node).map(({ id, status }) => `${String(id)}:${status}`);
      const bridges = bridgesOf(node).map(
        ({ bridge, child }) => `${String(bridge.id)}:${bridge.status}:${String(child?.pipeline.id)}`,
      );
      return `${String(node.pipeline.id)}:${node.state.status}:${String(node.state.hasWarnings)}[${[...jobs, ...bridges].join()}]`;
    })
    .join();
}

/** What is going on in several trees together. */
export function activityOf(trees: readonly PipelineNode[], pipelines: readonly Pipeline[]): Activity {
  const jobs = trees.flatMap(allPipelines).flatMap(jobsOf);
  const isWorking = (status: string) => phaseOf(status) === 'active' && status !== 'created';
  if (jobs.some(({ status }) => isWorking(status)) || trees.some(isSettling)) return 'running';
  const shown = new Set(trees.map(({ pipeline }) => pipeline.id));
  if (pipelines.some(({ id, status }) => !shown.has(id) && isWorking(status))) return 'running';
  return trees.some(({ state }) => phaseOf(state.status) !== 'over') ? 'waiting' : 'idle';
}

/** Whether all jobs are over but the pipeline does not say so yet: GitLab updates its status in the background. */
export function isSettling(root: PipelineNode): boolean {
  if (phaseOf(root.state.status) === 'over') return false;
  return allPipelines(root).every(
    (node) => jobsOf(node).every(({ status, allowFailure }) => isQuiet(status, allowFailure)) && !hasComingChild(node),
  );
}

function isQuiet(status: string, allowFailure: boolean): boolean {
  return phaseOf(status) === 'over' || (status === 'manual' && allowFailure);
}

function hasComingChild(node: PipelineNode): boolean {
  return bridgesOf(node).some(({ bridge, child }) => child === undefined && phaseOf(bridge.status) !== 'over');
}
