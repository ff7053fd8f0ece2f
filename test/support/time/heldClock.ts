import type { Clock } from '@omnia-buildstream/engine/ports/clock';

/** For a limit that does not expire in a test. */
export const never = new Promise<void>(() => undefined);

/**
 * A clock on which some waits end when the test says so: a limit then expires after what it is measured against has
 * happened, however slow the machine is.
 *
 * @param until what a wait of this length lasts for; undefined: as long as on `base`
 */
export function heldClock(
  base: Clock,
  until: (durationMs: number, signal: AbortSignal | undefined) => Promise<unknown> | undefined,
): Clock {
  return {
    now: () => base.now(),
    monotonic: () => base.monotonic(),
    sleep: async (durationMs, signal) => {
      await (until(durationMs, signal) ?? base.sleep(durationMs, signal));
    },
  };
}
