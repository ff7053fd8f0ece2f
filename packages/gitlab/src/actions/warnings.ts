import type { Job } from '../model/job.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { phaseOf } from '../status/statuses.ts';
import { findDeployRun } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import type { PipelineType } from '../tree/pipelineType.ts';

/** GitLab keeps artifacts of list_images and the select job for two hours. Source: Omnia's `.gitlab-ci-deploy.yml`. */
export const imageArtifactsMs = 2 * 60 * 60 * 1000;

/** Problems that neither Omnia nor GitLab reports. */
export type Warning =
  /** Runs share the nodes and one failed_nodes.json, and no resource group separates them. */
  | { readonly kind: 'another-deploy'; readonly pipeline: Pipeline }
  /** The other pipeline builds or cleans up. */
  | { readonly kind: 'another-pipeline'; readonly pipeline: Pipeline; readonly types: readonly PipelineType[] }
  | { readonly kind: 'artifacts-expired'; readonly job: Job; readonly expiredMs: number }
  /** The job_id in failed_nodes.json does not belong to the run about to be retried. */
  | { readonly kind: 'other-job'; readonly fileJobId: string; readonly runJobId: string }
  /**
   * failed_nodes.json was written before the newest restart began. The upload of a newer file may have failed, which
   * Omnia ignores.
   */
  | { readonly kind: 'older-than-restart'; readonly fileMs: number; readonly restartMs: number };

/** Another pipeline of the project. `types` is undefined if it is unknown what the pipeline does. */
export interface OtherPipeline {
  readonly pipeline: Pipeline;
  readonly types: ReadonlySet<PipelineType> | undefined;
}

/**
 * Warns about other pipelines that are running or waiting. Omnia does not support two at the same time (2.2) or advises
 * against it (2.3). Every Omnia pipeline is reported, and one that may deploy is reported as such.
 */
export function otherPipelines(others: readonly OtherPipeline[]): Warning[] {
  return others
    .filter(({ pipeline }) => isGoingOn(pipeline))
    .flatMap(({ pipeline, types }): Warning[] => {
      // A cadence is reported as an obstacle, which is more than a warning.
      if (types?.has('cadence') === true) return [];
      if (types === undefined || types.has('deploy')) return [{ kind: 'another-deploy', pipeline }];
      return types.size === 0 ? [] : [{ kind: 'another-pipeline', pipeline, types: [...types] }];
    });
}

function isGoingOn({ status }: Pipeline): boolean {
  const phase = phaseOf(status);
  return phase === 'active' || phase === 'waiting';
}

/** Warnings for expired artifacts that a play or a retry needs. */
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
  /** `job_id` and `timestamp` of failed_nodes.json; the 2.3 format has no job_id. */
  readonly jobId: string | undefined;
  readonly writtenMs: number | undefined;
  /** BuildStreaM's job ID of the run to retry, from the log of the select job. Undefined if unknown. */
  readonly runJobId: string | undefined;
}

/** Tolerated difference between the clocks of runners and servers. */
export const clockToleranceMs = 60_000;

/** Warnings if failed_nodes.json does not belong to the run that is about to be retried. */
export function staleFailedNodes(root: PipelineNode, facts: FailedNodesFacts): Warning[] {
  const warnings: Warning[] = [];
  if (facts.jobId !== undefined && facts.runJobId !== undefined && facts.jobId !== facts.runJobId) {
    warnings.push({ kind: 'other-job', fileJobId: facts.jobId, runJobId: facts.runJobId });
  }
  const restart = findDeployRun(root)?.restart;
  // The file is written during the restart job, so a file from before the job's start belongs to an older run.
  const restartMs = restart?.startedMs;
  if (facts.writtenMs !== undefined && restartMs !== undefined && facts.writtenMs < restartMs - clockToleranceMs) {
    warnings.push({ kind: 'older-than-restart', fileMs: facts.writtenMs, restartMs });
  }
  return warnings;
}
