import type { StageRequest } from '../api/oimClient.ts';

/** How long and how often a stage is polled. */
export interface FollowSettings {
  /** Interval between two polls while something changes. */
  readonly pollIntervalMs: number;
  /** The interval grows up to this while nothing changes. */
  readonly maxPollIntervalMs: number;
  /** From the request to the end of the stage. Omnia's pipeline polls 300 times, every 30 s (omnia.md section 8). */
  readonly deadlineMs: number;
  /**
   * How long, after a new attempt was accepted, the job may still show the previous one, or a request whose response
   * was lost may be missing from the job.
   */
  readonly settleMs: number;
  /** How long the API is polled for the fate of a request if it is not responding. */
  readonly lookMs: number;
}

export const defaultFollowSettings: FollowSettings = {
  pollIntervalMs: 5_000,
  maxPollIntervalMs: 30_000,
  deadlineMs: 2.5 * 3600_000,
  settleMs: 30_000,
  lookMs: 600_000,
};

export const pollGrowth = 1.3;

/**
 * How long the playbook of a stage may run (omnia.md section 7: deploy 60 min, restart 30 or 60, validate as
 * requested). A stage that is IN_PROGRESS for longer hangs or waits in the queue.
 */
export function playbookLimitMs(request: StageRequest): number {
  return (request.stage === 'validate' ? request.timeoutMinutes : 60) * 60_000;
}
