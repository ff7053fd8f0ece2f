import type { Bridge, Job } from '../model/job.ts';
import { phaseOf } from '../status/statuses.ts';
import { bridgesOf, jobsOf, type PipelineNode } from '../tree/nodes.ts';

export type RetryRefusal =
  /** Something is still running; GitLab offers the retry only afterwards. */
  | 'still-active'
  /** Nothing failed. */
  | 'nothing-failed'
  /**
   * A trigger job: its retry creates a new child, in which an image has to be chosen again. Retry the child instead.
   */
  | 'is-bridge';

export type RetryJudgement =
  | {
      readonly allowed: true;
      /** Jobs that run again. Jobs that succeeded do not; skipped jobs follow automatically. */
      readonly jobs: readonly Job[];
    }
  | { readonly allowed: false; readonly reason: RetryRefusal };

/**
 * Whether `POST /pipelines/:id/retry` makes sense. For a child this is "Retry downstream pipeline" of the web pages.
 * Source: GitLab's `Ci::RetryPipelineService`.
 */
export function judgeRetryPipeline(node: PipelineNode): RetryJudgement {
  const jobs = jobsOf(node);
  const all = [...jobs, ...bridgesOf(node).map(({ bridge }) => bridge)];
  if (all.some(({ status }) => phaseOf(status) === 'active' && status !== 'created')) {
    return { allowed: false, reason: 'still-active' };
  }
  const failed = jobs.filter(isRetried);
  return failed.length === 0 ? { allowed: false, reason: 'nothing-failed' } : { allowed: true, jobs: failed };
}

/** Whether `POST /jobs/:id/retry` makes sense. Never for a bridge. */
export function judgeRetryJob(job: Job | Bridge): RetryJudgement {
  if (job.kind === 'bridge') return { allowed: false, reason: 'is-bridge' };
  if (phaseOf(job.status) === 'active') return { allowed: false, reason: 'still-active' };
  const isOver = ['success', 'failed', 'canceled'].includes(job.status);
  return isOver ? { allowed: true, jobs: [job] } : { allowed: false, reason: 'nothing-failed' };
}

function isRetried({ status }: Job): boolean {
  return status === 'failed' || status === 'canceled';
}
