import { promises as timers } from 'node:timers';
import type { Clock } from '../ports/clock.ts';
import { mayBeAwaitedByMany } from './onAbort.ts';

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(durationMs, signal) {
    signal?.throwIfAborted();
    if (signal !== undefined) mayBeAwaitedByMany(signal);
    try {
      await timers.setTimeout(durationMs, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
