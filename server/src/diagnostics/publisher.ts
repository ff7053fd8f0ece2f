import type { Pending, ServerClock } from '../clock.ts';

/** Publications that cost no more than this follow each edit immediately. */
const cheapMs = 8;
const maxDelayMs = 500;

/**
 * Decides when findings are published. Edits that arrive together are published once. After a slow publication (very
 * many findings), the next one waits for a pause in typing.
 */
export class Publisher<T extends { readonly uri: string }> {
  readonly #publish: (document: T) => void;
  readonly #clock: ServerClock;
  readonly #timers = new Map<string, Pending>();
  readonly #costMs = new Map<string, number>();

  constructor(publish: (document: T) => void, clock: ServerClock) {
    this.#publish = publish;
    this.#clock = clock;
  }

  /** @param atLeastMs how long to wait regardless of the cost */
  schedule(document: T, atLeastMs = 0): void {
    const { uri } = document;
    const costMs = this.#costMs.get(uri) ?? 0;
    const isCheap = costMs <= cheapMs && atLeastMs === 0;
    if (isCheap && this.#timers.has(uri)) return;
    this.#timers.get(uri)?.dispose();
    const run = (): void => {
      this.#timers.delete(uri);
      const start = this.#clock.now();
      this.#publish(document);
      this.#costMs.set(uri, this.#clock.now() - start);
    };
    this.#timers.set(uri, this.#clock.after(isCheap ? 0 : Math.max(atLeastMs, Math.min(maxDelayMs, 2 * costMs)), run));
  }

  forget(uri: string): void {
    this.#timers.get(uri)?.dispose();
    this.#timers.delete(uri);
    this.#costMs.delete(uri);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) timer.dispose();
    this.#timers.clear();
  }
}
