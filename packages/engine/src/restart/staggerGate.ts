import type { Clock } from '../ports/clock.ts';
import type { Stagger } from './settings.ts';

/** Lets resets through in batches: `batch` of them, then none for `pauseMs`. Waiting callers are served in order. */
export class StaggerGate {
  readonly #clock: Clock;
  readonly #stagger: Stagger;
  #inBatch = 0;
  #queue: Promise<void> = Promise.resolve();

  constructor(clock: Clock, stagger: Stagger) {
    this.#clock = clock;
    this.#stagger = stagger;
  }

  /** Resolves when it is this caller's turn. Rejects with the signal's reason. */
  turn(signal: AbortSignal): Promise<void> {
    const { batch, pauseMs } = this.#stagger;
    if (batch <= 0) return Promise.resolve();
    const turn = this.#queue.then(async () => {
      signal.throwIfAborted();
      if (this.#inBatch >= batch) {
        await this.#clock.sleep(pauseMs, signal);
        this.#inBatch = 0;
      }
      this.#inBatch++;
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
