import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { hangLimits } from './hastyClock.ts';
import { defaultLimits } from '@omnia-buildstream/gitlab/http/transport';

const shortestMs = 10;

const { connectMs, answerMs, pieceMs, totalMs, logMs } = defaultLimits;
/** Request limits. No pause has exactly these durations. */
const requestLimits: readonly number[] = [connectMs, answerMs, pieceMs, totalMs, logMs, hangLimits.connectMs];

/**
 * The machine's time, but with very short pauses: for tests of the command line against servers that really answer.
 * Waits as long as a limit are unchanged, so that only something that hangs reaches one.
 */
export class QuickClock implements Clock {
  readonly #limitsFromMs: number;

  /** @param limitsFromMs waits of at least this length count as limits; Infinity: all waits are pauses */
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

/**
 * Like QuickClock, but the skipped pauses count as passed time, so polling with a deadline ends. Supports one waiter at
 * a time.
 */
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
