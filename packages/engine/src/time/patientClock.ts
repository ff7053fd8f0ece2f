import type { Clock } from '../ports/clock.ts';

/** How often the clock looks whether the process still gets its turn. */
const tickMs = 50;
/** What a gap between two looks counts at most. */
const mostMs = 2 * tickMs;

/**
 * Time as far as the process was able to work: while it does not get its turn, because it has too much to do or the
 * machine has, next to nothing passes. For a lab, which plays both sides of a connection: a short limit then ends what
 * does not respond, and not what is merely slow on a busy machine. `now` is the time of day, as it is.
 */
export class PatientClock implements Pick<Clock, 'now' | 'monotonic'> {
  readonly #base: Clock;
  #countedMs = 0;
  #seenMs: number;
  /** Resolves once the looks have ended. */
  readonly ended: Promise<void>;

  /** @param signal ends the looks */
  constructor(base: Clock, signal: AbortSignal) {
    this.#base = base;
    this.#seenMs = base.monotonic();
    this.ended = this.#look(signal);
  }

  now(): number {
    return this.#base.now();
  }

  monotonic(): number {
    return this.#countedMs + Math.min(this.#base.monotonic() - this.#seenMs, mostMs);
  }

  async #look(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#base.sleep(tickMs, signal).catch(() => undefined);
      this.#countedMs = this.monotonic();
      this.#seenMs = this.#base.monotonic();
    }
  }
}
