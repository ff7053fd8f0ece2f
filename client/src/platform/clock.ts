import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';

let used: Clock = systemClock;

/**
 * Time, for everything in this bundle that waits, polls, or shows the time. Only the timeouts of single requests use
 * the machine's own time, because the server that they wait for does so too.
 */
export const clock: Clock = {
  now: () => used.now(),
  monotonic: () => used.monotonic(),
  sleep: (durationMs, signal) => used.sleep(durationMs, signal),
};

/**
 * Called once, when a bundle is opened: each has its own copy of this module, and all use the clock of the extension.
 */
export function useClock(given: Clock): void {
  used = given;
}

/** Runs work once after a delay, unless it is disposed of before. */
export function later(delayMs: number, work: () => void): { dispose(): void } {
  const stop = new AbortController();
  clock.sleep(delayMs, stop.signal).then(work, () => undefined);
  return {
    dispose: () => {
      stop.abort();
    },
  };
}

/** Runs work repeatedly, until it is disposed of. */
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
