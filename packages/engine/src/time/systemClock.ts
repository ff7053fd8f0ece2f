import type { Clock } from '../ports/clock.ts';
import { onAbort } from './onAbort.ts';

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  alarm: (durationMs, ring) => {
    const timer = setTimeout(ring, durationMs);
    return () => {
      clearTimeout(timer);
    };
  },
  // Most sleeps are limits that are not reached. Node's own would make an error for each of these, with its stack.
  sleep: (durationMs, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error);
        return;
      }
      const unlisten =
        signal &&
        onAbort(signal, () => {
          clearTimeout(timer);
          reject(signal.reason as Error);
        });
      const timer = setTimeout(() => {
        unlisten?.();
        resolve();
      }, durationMs);
    }),
};
