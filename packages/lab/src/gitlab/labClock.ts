import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';

/** Source of time for the lab's servers; tests provide their own. */
export interface LabClock {
  now(): Date;
  /** Resolves early, without an error, if the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The clock of the lab's BMCs, for the lab's servers. */
export function labClockOf(clock: Clock): LabClock {
  return {
    now: () => new Date(clock.now()),
    sleep: (ms, signal) => clock.sleep(ms, signal).catch(() => undefined),
  };
}

export const wallClock = labClockOf(systemClock);
