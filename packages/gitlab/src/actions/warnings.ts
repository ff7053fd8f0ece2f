import type { Job } from '../model/job.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { phaseOf } from '../status/statuses.ts';
import { findDeployRun } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import type { PipelineType } from '../tree/pipelineType.ts';

/** Artifacts of list_images and of the image choice are kept two hours. Source: Omnia's `.gitlab-ci-deploy.yml`. */
export const imageArtifactsMs = 2 * 60 * 60 * 1000;

/** Things that go wrong without a message from Omnia or GitLab. */
export type Warning =
  /** Runs share the nodes and one failed_nodes.json, and no resource group keeps them apart. */
  | { readonly kind: 'another-deploy'; readonly pipeline: Pipeline }
  /** It builds or cleans up. */
  | { readonly kind: 'another-pipeline'; readonly pipeline: Pipeline; readonly types: readonly PipelineType[] }
  | { readonly kind: 'artifacts-expired'; readonly job: Job; readonly expiredMs: number }
  /** The job_id in failed_nodes.json is not that of the run about to be retried. */
  | { readonly kind: 'other-job'; readonly fileJobId: string; readonly runJobId: string }
  /** failed_nodes.json was written before the newest restart began: the upload of a newer one may have failed, which Omnia ignores. */
  | { readonly kind: 'older-than-restart'; readonly fileMs: number; readonly restartMs: number };

/** Another pipeline of the project; types undefined: it is unknown what it does. */
export interface OtherPipeline {
  readonly pipeline: Pipeline;
  readonly types: ReadonlySet<PipelineType> | undefined;
}

/**
 * Other pipelines that are running. Omnia does not support two at the same time (2.2), or wants them avoided (2.3):
 * every one of Omnia's is reported, and one that may deploy is reported as such.
 */
export function otherPipelines(others: readonly OtherPipeline[]): Warning[] {
  return others
    .filter(({ pipeline }) => isGoingOn(pipeline))
    .flatMap(({ pipeline, types }): Warning[] => {
      // It is more than a warning.
      if (types?.has('cadence') === true) return [];
      if (types === undefined || types.has('deploy')) return [{ kind: 'another-deploy', pipeline }];
      return types.size === 0 ? [] : [{ kind: 'another-pipeline', pipeline, types: [...types] }];
    });
}

function isGoingOn({ status }: Pipeline): boolean {
  const phase = phaseOf(status);
  return phase === 'active' || phase === 'waiting';
}

/** Whether the artifacts that a play or a retry needs are gone. */
export function expiredArtifacts(root: PipelineNode, nowMs: number): Warning[] {
  const run = findDeployRun(root);
  if (run === undefined) return [];
  const chosen = run.images.find(({ status }) => status === 'success');
  return [run.listImages, chosen].flatMap((job) => {
    if (job?.finishedMs === undefined) return [];
    const expiredMs = job.artifactsExpireMs ?? job.finishedMs + imageArtifactsMs;
    return expiredMs > nowMs ? [] : [{ kind: 'artifacts-expired' as const, job, expiredMs }];
  });
}

export interface FailedNodesFacts {
  /** `job_id` and `timestamp` of failed_nodes.json; the 2.3 shape has no job_id. */
  readonly jobId: string | undefined;
  readonly writtenMs: number | undefined;
  /** BuildStreaM's id of the run to retry, when it is known (from the log of the select job). */
  readonly runJobId: string | undefined;
}

/** Runners' and servers' clocks differ a little. */
export const clockToleranceMs = 60_000;

/** Whether failed_nodes.json belongs to the run that is about to be retried. */
export function staleFailedNodes(root: PipelineNode, facts: FailedNodesFacts): Warning[] {
  const warnings: Warning[] = [];
  if (facts.jobId !== undefined && facts.runJobId !== undefined && facts.jobId !== facts.runJobId) {
    warnings.push({ kind: 'other-job', fileJobId: facts.jobId, runJobId: facts.runJobId });
  }
  const restart = findDeployRun(root)?.restart;
  // The file is written during the restart job, so one from before the job's start is an older run's.
  const restartMs = restart?.startedMs;
  if (facts.writtenMs !== undefined && restartMs !== undefined && facts.writtenMs < restartMs - clockToleranceMs) {
    warnings.push({ kind: 'older-than-restart', fileMs: facts.writtenMs, restartMs });
  }
  return warnings;
}
