import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';

/** Time of the lab's servers; tests bring their own. */
export interface LabClock {
  now(): Date;
  /** Ends early, without an error, when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The same time for the lab's servers as for its BMCs. */
export function labClockOf(clock: Clock): LabClock {
  return {
    now: () => new Date(clock.now()),
    sleep: (ms, signal) => clock.sleep(ms, signal).catch(() => undefined),
  };
}

export const wallClock = labClockOf(systemClock);
