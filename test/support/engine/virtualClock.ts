import type { Clock } from '@omnia-buildstream/engine/ports/clock';

interface Sleeper {
  readonly atMs: number;
  readonly order: number;
  readonly wake: () => void;
}

/** After this many idle turns of the event loop, everything is assumed to be waiting for time to pass. */
const idleTurns = 2;

export interface VirtualClockOptions {
  readonly startMs?: number;
  /** Whether work is in progress that needs no time. Time does not advance until `look` is called. */
  readonly isBusy?: () => boolean;
}

/**
 * Time that passes only when everything is waiting: the clock then jumps to the next wake-up time. Hours take
 * milliseconds. Work outside this process is visible through `isBusy` only.
 */
export class VirtualClock implements Clock {
  #nowMs: number;
  readonly #isBusy: () => boolean;
  #order = 0;
  #sleepers: Sleeper[] = [];
  #isPumping = false;

  constructor({ startMs = Date.parse('2026-04-10T16:00:00Z'), isBusy = () => false }: VirtualClockOptions = {}) {
    this.#nowMs = startMs;
    this.#isBusy = isBusy;
  }

  now(): number {
    return this.#nowMs;
  }

  monotonic(): number {
    return this.#nowMs;
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason as Error);
      };
      const sleeper: Sleeper = {
        atMs: this.#nowMs + Math.max(0, durationMs),
        order: this.#order++,
        wake: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#sleepers.push(sleeper);
      this.look();
    });
  }

  /** Checks whether time may pass. Call this when the result of `isBusy` may have changed. */
  look(): void {
    if (!this.#isPumping) void this.#pump();
  }

  async #pump(): Promise<void> {
    this.#isPumping = true;
    while (this.#sleepers.length > 0 && !this.#isBusy()) {
      for (let turn = 0; turn < idleTurns; turn++) await new Promise((resolve) => setImmediate(resolve));
      if (this.#isBusy()) break;
      const first = this.#takeFirst();
      if (first === undefined) break;
      this.#nowMs = Math.max(this.#nowMs, first.atMs);
      first.wake();
    }
    this.#isPumping = false;
  }

  /** The sleeper with the earliest wake-up time; of several with the same time, the one that came first. */
  #takeFirst(): Sleeper | undefined {
    let [first] = this.#sleepers;
    if (first === undefined) return undefined;
    for (const other of this.#sleepers) {
      if (other.atMs < first.atMs || (other.atMs === first.atMs && other.order < first.order)) first = other;
    }
    this.#sleepers.splice(this.#sleepers.indexOf(first), 1);
    return first;
  }
}
