import { setAlarm } from '@omnia-buildstream/engine/time/alarm';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';

const lookMs = 1_000;

/** That nobody has asked for a while. */
export interface Silence {
  readonly reached: Promise<void>;
  dispose(): void;
}

/**
 * Watches how often somebody has asked. It counts checks instead of reading the clock, so that time in which the
 * computer slept does not count as silence.
 * @param asked how often, so far
 */
export function listenForSilence(asked: () => number, silentMs: number, clock: Clock): Silence {
  let end = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    let [last, quietMs] = [asked(), 0];
    const look = (): void => {
      const now = asked();
      quietMs = now === last ? quietMs + lookMs : 0;
      last = now;
      if (quietMs >= silentMs) resolve();
      else end = setAlarm(clock, lookMs, look);
    };
    end = setAlarm(clock, lookMs, look);
  });
  return {
    reached,
    dispose: () => {
      end();
    },
  };
}
