import type { Clock } from '../ports/clock.ts';
import { onAbort } from './onAbort.ts';

interface Sleeper {
  /** On the moved time. */
  readonly wakeMs: number;
  readonly wake: () => void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * A clock that runs like another one and can also be moved on: sleepers whose time that passes wake at once, in the
 * order of their times. For labs and tests, so that a pause of a minute costs nothing.
 */
export class MovableClock implements Clock {
  readonly #base: Pick<Clock, 'now' | 'monotonic'>;
  readonly #sleepers = new Set<Sleeper>();
  #aheadMs = 0;

  constructor(base: Pick<Clock, 'now' | 'monotonic'>) {
    this.#base = base;
  }

  now(): number {
    return this.#base.now() + this.#aheadMs;
  }

  monotonic(): number {
    return this.#base.monotonic() + this.#aheadMs;
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error);
        return;
      }
      const leave = (): void => {
        clearTimeout(sleeper.timer);
        this.#sleepers.delete(sleeper);
        unlisten?.();
      };
      const sleeper: Sleeper = {
        wakeMs: this.monotonic() + durationMs,
        timer: undefined,
        wake: () => {
          leave();
          resolve();
        },
      };
      const unlisten =
        signal &&
        onAbort(signal, () => {
          leave();
          reject(signal.reason as Error);
        });
      this.#sleepers.add(sleeper);
      this.#wait(sleeper);
    });
  }

  /** Moves time on by this many milliseconds. What wakes from it continues after the caller. */
  passMs(ms: number): void {
    this.#aheadMs += ms;
    for (const sleeper of [...this.#sleepers].sort((a, b) => a.wakeMs - b.wakeMs)) this.#wait(sleeper);
  }

  #wait(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer);
    const leftMs = sleeper.wakeMs - this.monotonic();
    if (leftMs <= 0 && this.#aheadMs > 0) sleeper.wake();
    else {
      const pieceMs = Math.min(Math.max(leftMs, 0), longestTimerMs);
      sleeper.timer = setTimeout(() => {
        this.#look(sleeper);
      }, pieceMs);
    }
  }

  /** A timer ends a little early, or because it cannot be longer: this clock says whether it is time. */
  #look(sleeper: Sleeper): void {
    if (sleeper.wakeMs <= this.monotonic()) sleeper.wake();
    else this.#wait(sleeper);
  }
}

/** A timer of Node cannot be longer. */
const longestTimerMs = 2 ** 31 - 1;
