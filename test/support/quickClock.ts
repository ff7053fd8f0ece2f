import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { hangLimits } from './hastyClock.ts';
import { defaultLimits } from '@omnia-buildstream/gitlab/http/transport';

const shortestMs = 10;

const { connectMs, answerMs, pieceMs, totalMs, logMs } = defaultLimits;
/** Limits of requests, which no pause has to the millisecond. */
const requestLimits: readonly number[] = [connectMs, answerMs, pieceMs, totalMs, logMs, hangLimits.connectMs];

/**
 * The machine's time, in which pauses take a moment: for tests of the command line with servers that really answer. What
 * is as long as a limit is left as it is, so that only something that hangs reaches one.
 */
export class QuickClock implements Clock {
  readonly #limitsFromMs: number;

  /** @param limitsFromMs how long a wait has to be to be taken for a limit; Infinity: all are pauses */
  constructor(limitsFromMs = 25_000) {
    this.#limitsFromMs = limitsFromMs;
  }

  now(): number {
    return systemClock.now();
  }

  monotonic(): number {
    return systemClock.monotonic();
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    const isLimit = durationMs >= this.#limitsFromMs || requestLimits.includes(durationMs);
    return systemClock.sleep(isLimit ? durationMs : Math.min(durationMs, shortestMs), signal);
  }
}

/** The same, in which the pauses have passed afterwards: what looks again for a while comes to its end. For one at a time who waits. */
export class PassingClock extends QuickClock {
  #skippedMs = 0;

  override now(): number {
    return super.now() + this.#skippedMs;
  }

  override monotonic(): number {
    return super.monotonic() + this.#skippedMs;
  }

  override async sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    const beganMs = super.monotonic();
    await super.sleep(durationMs, signal);
    this.#skippedMs += Math.max(0, durationMs - (super.monotonic() - beganMs));
  }
}
