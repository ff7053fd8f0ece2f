/** Publications this cheap follow each edit at once. */
const cheapMs = 8;
const maxDelayMs = 500;

/**
 * Decides when findings are published. Edits that arrive together are published once; where a publication was slow (very
 * many findings), the next waits until the typing pauses.
 */
export class Publisher<T extends { readonly uri: string }> {
  readonly #publish: (document: T) => void;
  readonly #now: () => number;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #costMs = new Map<string, number>();

  constructor(publish: (document: T) => void, now: () => number) {
    this.#publish = publish;
    this.#now = now;
  }

  schedule(document: T): void {
    const { uri } = document;
    const costMs = this.#costMs.get(uri) ?? 0;
    const isCheap = costMs <= cheapMs;
    if (isCheap && this.#timers.has(uri)) return;
    clearTimeout(this.#timers.get(uri));
    const run = (): void => {
      this.#timers.delete(uri);
      const start = this.#now();
      this.#publish(document);
      this.#costMs.set(uri, this.#now() - start);
    };
    this.#timers.set(uri, setTimeout(run, isCheap ? 0 : Math.min(maxDelayMs, 2 * costMs)));
  }

  forget(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    this.#costMs.delete(uri);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
