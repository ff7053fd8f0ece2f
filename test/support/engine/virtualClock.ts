import type { Clock } from '@omnia-buildstream/engine/ports/clock';

interface Sleeper {
  readonly atMs: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Turns of the event loop without anything happening after which all is taken to wait for time. */
const idleTurns = 2;

/**
 * Time that passes only when everybody waits: the clock then jumps to the next moment somebody waits for. For tests
 * without real input and output, where hours take milliseconds and the order of events is always the same.
 */
export class VirtualClock implements Clock {
  #nowMs = Date.parse('2026-04-10T16:00:00Z');
  #order = 0;
  #sleepers: Sleeper[] = [];
  #isPumping = false;

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
      void this.#pump();
    });
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    while (this.#sleepers.length > 0) {
      for (let turn = 0; turn < idleTurns; turn++) await new Promise((resolve) => setImmediate(resolve));
      const [first] = this.#sleepers.sort((one, other) => one.atMs - other.atMs || one.order - other.order);
      if (first === undefined) break;
      this.#sleepers.shift();
      this.#nowMs = Math.max(this.#nowMs, first.atMs);
      first.wake();
    }
    this.#isPumping = false;
  }
}
