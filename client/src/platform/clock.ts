import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';

let used: Clock = systemClock;

/**
 * Time, for all that waits, polls or tells the time in this bundle. Only the limits of single requests run on the
 * machine's own time: the server that they wait for does so too.
 */
export const clock: Clock = {
  now: () => used.now(),
  monotonic: () => used.monotonic(),
  sleep: (durationMs, signal) => used.sleep(durationMs, signal),
};

/** Called once, when a bundle is opened: each has its own copy of this module, and all go by the clock of the extension. */
export function useClock(given: Clock): void {
  used = given;
}

/** Runs work a little later, unless it is disposed of before. */
export function later(delayMs: number, work: () => void): { dispose(): void } {
  const stop = new AbortController();
  clock.sleep(delayMs, stop.signal).then(work, () => undefined);
  return {
    dispose: () => {
      stop.abort();
    },
  };
}

/** Runs work again and again, until it is disposed of. */
export function every(intervalMs: number, work: () => void): { dispose(): void } {
  let next = later(intervalMs, again);
  function again(): void {
    work();
    next = later(intervalMs, again);
  }
  return {
    dispose: () => {
      next.dispose();
    },
  };
}
