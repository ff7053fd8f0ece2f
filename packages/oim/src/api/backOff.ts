import type { Clock, Random } from '@omnia-buildstream/engine/ports/clock';

export interface BackOffSettings {
  /** Total number of attempts. */
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

/** Five attempts over about 15 s. */
export const defaultBackOff: BackOffSettings = { attempts: 5, firstDelayMs: 1_000, maxDelayMs: 30_000 };

export interface Waiting {
  readonly clock: Clock;
  readonly random: Random;
  readonly backOff: BackOffSettings;
}

/**
 * Delay before the attempt that follows `attempt` (counted from 1): doubles each time, varies randomly by up to half,
 * and is at least `askedMs` and at most `maxDelayMs`.
 */
export function delayMs(attempt: number, { random, backOff }: Waiting, askedMs = 0): number {
  const own = backOff.firstDelayMs * 2 ** (attempt - 1) * (0.5 + random());
  return Math.min(Math.max(own, askedMs), backOff.maxDelayMs);
}

/** Repeats `work` after each error that `mayRepeat` accepts, until the attempts are used up. */
export async function repeat<T>(
  waiting: Waiting,
  signal: AbortSignal,
  { work, mayRepeat }: { readonly work: () => Promise<T>; readonly mayRepeat: (error: unknown) => boolean },
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= waiting.backOff.attempts || !mayRepeat(error)) throw error;
      await waiting.clock.sleep(delayMs(attempt, waiting), signal);
    }
  }
}
