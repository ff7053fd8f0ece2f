import type { StageTry } from '@omnia-buildstream/core/history/timeline';
import type { Job } from '../model/job.ts';
import { findDeployRun, imageGroupOf, stageNames } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';

/** A run of a stage in GitLab. Its log may say something about nodes. */
export interface GitLabTry {
  readonly job: Job;
  readonly tried: StageTry;
}

const stages: ReadonlySet<string> = new Set([stageNames.deploy, stageNames.restart, stageNames.validate]);
const outcomes: Readonly<Record<string, StageTry['outcome']>> = {
  success: 'succeeded',
  failed: 'failed',
  canceled: 'unknown',
};

/**
 * The stages of deploying pipelines that a runner has started, each try separately, oldest first. Times are GitLab's.
 * @param nowMs used as the end of what is still running
 */
export function stageTries(trees: Iterable<PipelineNode>, nowMs: number): readonly GitLabTry[] {
  const begun = [...trees]
    .flatMap(jobsOfRun)
    .sort((one, other) => (one.job.startedMs ?? 0) - (other.job.startedMs ?? 0) || one.job.id - other.job.id);
  const numbers = new Map<string, number>();
  return begun.map(({ job, imageGroup }) => {
    const key = JSON.stringify([job.stage, imageGroup]);
    const number = (numbers.get(key) ?? 0) + 1;
    numbers.set(key, number);
    return { job, tried: tryOf(job, { imageGroup, number, nowMs }) };
  });
}

function jobsOfRun(tree: PipelineNode): { readonly job: Job; readonly imageGroup: string }[] {
  const run = findDeployRun(tree);
  if (run === undefined) return [];
  const image = run.images.find(({ status }) => status === 'success');
  const imageGroup = image === undefined ? '' : imageGroupOf(image);
  return run.node.stages
    .flatMap(({ entries }) => entries)
    .flatMap((entry) => (entry.kind === 'job' ? [entry.job, ...entry.earlier] : []))
    .filter(({ stage, startedMs }) => stages.has(stage) && startedMs !== undefined)
    .map((job) => ({ job, imageGroup }));
}

function tryOf(
  { id, stage, status, username = '', startedMs = 0, finishedMs }: Job,
  { imageGroup, number, nowMs }: { readonly imageGroup: string; readonly number: number; readonly nowMs: number },
): StageTry {
  return {
    file: `gitlab-job-${String(id)}`,
    stage,
    backend: 'gitlab',
    imageGroup,
    number,
    by: { user: username, host: '', gitlabUser: username, program: 'GitLab', version: '' },
    from: startedMs,
    to: Math.max(startedMs, finishedMs ?? nowMs),
    outcome: outcomes[status] ?? 'open',
    summary: '',
    counts: { succeeded: 0, failed: 0, left: 0, untold: 0 },
    nodes: [],
    marked: [],
  };
}
