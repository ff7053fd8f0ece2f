interface Sleeper {
  readonly wakeMs: number;
  readonly wake: () => void;
}

/** A clock that advances only when told to. */
export class FakeClock {
  #nowMs: number;
  #sleepers: Sleeper[] = [];
  /** Every requested pause, in milliseconds. */
  readonly pauses: number[] = [];

  constructor(nowMs = Date.UTC(2026, 3, 10, 12)) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.pauses.push(ms);
    return new Promise((resolve, reject) => {
      const sleeper = { wakeMs: this.#nowMs + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  }

  /** Advances the clock and wakes sleepers in order, letting the work that they start continue in between. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settle();
    for (;;) {
      const next = this.#sleepers.toSorted((a, b) => a.wakeMs - b.wakeMs)[0];
      if (next === undefined || next.wakeMs > endMs) break;
      this.#nowMs = Math.max(this.#nowMs, next.wakeMs);
      this.#sleepers = this.#sleepers.filter((one) => one !== next);
      next.wake();
      await settle();
    }
    this.#nowMs = endMs;
  }
}

/** Lets all work that needs no time run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
