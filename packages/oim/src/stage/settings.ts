import type { StageRequest } from '../api/oimClient.ts';

/** How patiently a stage is followed. */
export interface FollowSettings {
  /** Between two looks while something changes. */
  readonly pollIntervalMs: number;
  /** The pause grows up to this while nothing changes. */
  readonly maxPollIntervalMs: number;
  /** From the order to its end. Omnia's pipeline waits 300 times 30 s (omnia.md section 8). */
  readonly deadlineMs: number;
  /** How long a finished attempt may still be shown after a new one was accepted, and a lost order not be seen. */
  readonly settleMs: number;
  /** How long an API that does not answer is asked what became of an order. */
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
 * How long the playbook of a stage may run (omnia.md section 7: deploy 60 min, restart 30 or 60, validate as asked for);
 * one that is IN_PROGRESS for longer hangs, or waits in the queue.
 */
export function playbookLimitMs(request: StageRequest): number {
  return (request.stage === 'validate' ? request.timeoutMinutes : 60) * 60_000;
}
