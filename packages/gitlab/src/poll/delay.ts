import { isGitLabError } from '../errors/gitlabError.ts';

/** What is going on in what is visible. */
export type Activity =
  /** A job is running or about to run. */
  | 'running'
  /** Something waits for a click. */
  | 'waiting'
  /** Everything is over. */
  | 'idle';

export interface PollHistory {
  readonly activity: Activity;
  /** How many polls in a row found nothing new. */
  readonly unchangedPolls: number;
  /** How many polls in a row failed. */
  readonly failedPolls: number;
  readonly lastError: unknown;
}

const runningMs = { least: 3000, span: 2000 };
const waitingMs = { first: 5000, most: 30_000 };
const idleMs = { first: 10_000, most: 60_000 };
const failedMs = { first: 5000, most: 120_000 };
/** Pause after a 429 that does not say how long to wait. */
const limitedMs = 30_000;

/**
 * Delay before the next poll in milliseconds: 3 to 5 s while something runs, otherwise longer with each poll that finds
 * nothing new, longer after failures, and as long as the server asks for.
 * @param random 0 to 1; spreads the requests of many editors
 */
export function nextDelayMs(history: PollHistory, random: number): number {
  const { activity, unchangedPolls, failedPolls, lastError } = history;
  const jitter = 1 + random * 0.25;
  if (failedPolls > 0) {
    const backOff = growing(failedMs, failedPolls - 1) * jitter;
    if (!isGitLabError(lastError, 'rate-limited')) return backOff;
    return Math.max(backOff, (lastError.facts.retryAfterMs ?? limitedMs) * jitter);
  }
  if (activity === 'running') return runningMs.least + random * runningMs.span;
  return growing(activity === 'waiting' ? waitingMs : idleMs, unchangedPolls) * jitter;
}

function growing({ first, most }: { first: number; most: number }, steps: number): number {
  return Math.min(most, first * 1.5 ** Math.min(steps, 20));
}
