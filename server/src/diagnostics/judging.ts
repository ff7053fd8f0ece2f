import type { Pending, ServerClock } from '../clock.ts';
import type { MappingDocument } from '../mappingDocument.ts';

/** In milliseconds of work. */
export const judgingLimits = {
  /** Longest stretch without a break. After it, other requests are answered. */
  sliceMs: 25,
  /**
   * Limit for one state of a document. Including parsing it and publishing its findings, this is less than two seconds.
   */
  budgetMs: 1_200,
  /** How long a request for findings waits for them. */
  waitMs: 100,
} as const;

/**
 * Judges documents in slices, so that other requests are served in between, and gives up on one that takes too long.
 */
export class Judging {
  readonly #clock: ServerClock;
  readonly #guard: (uri: string, work: () => Promise<unknown> | undefined) => void;
  readonly #next = new Map<string, Pending>();

  /** @param guard runs work for a document and reports errors on the document */
  constructor(clock: ServerClock, guard: (uri: string, work: () => Promise<unknown> | undefined) => void) {
    this.#clock = clock;
    this.#guard = guard;
  }

  /**
   * Calls `whenDone` once the document is judged or given up, immediately if one slice is enough. A new call replaces
   * an older one.
   */
  run(document: MappingDocument, whenDone: () => Promise<void>): Promise<void> | undefined {
    const { uri } = document;
    this.forget(uri);
    let spentMs = 0;
    const goOn = (): Promise<void> | undefined => {
      this.#next.delete(uri);
      const start = this.#clock.worked();
      const isJudged = this.#judge(document, judgingLimits.sliceMs);
      spentMs += this.#clock.worked() - start;
      if (!isJudged && spentMs < judgingLimits.budgetMs) {
        const next = (): void => {
          this.#guard(uri, goOn);
        };
        this.#next.set(uri, this.#clock.after(0, next));
        return undefined;
      }
      if (!isJudged) document.giveUp();
      return whenDone();
    };
    return goOn();
  }

  /** Whether the document is completely judged. Judges it for up to `waitMs` first. */
  isReady(document: MappingDocument): boolean {
    return this.#judge(document, judgingLimits.waitMs);
  }

  /** The document was changed or closed. */
  forget(uri: string): void {
    this.#next.get(uri)?.dispose();
    this.#next.delete(uri);
  }

  dispose(): void {
    for (const next of this.#next.values()) next.dispose();
    this.#next.clear();
  }

  #judge({ model }: MappingDocument, forMs: number): boolean {
    const start = this.#clock.worked();
    return model.judge(() => this.#clock.worked() - start >= forMs);
  }
}
