import { cleaned, secretMark, secretsInUse, type SecretFilter } from './secretFilter.ts';

/** Of a line that does not end, what is safe is passed on when this much is held back beyond the longest secret. */
const heldUnits = 65_536;
/** More is held back only when all of it is one secret after the other. */
const mostHeldUnits = 1_000_000;

/**
 * `clean` for text that comes in pieces, however it is cut: all that `push` and `end` give, joined, is what `clean` gives of
 * the whole. What has not ended is held back: the last line, or of a line that does not end what could still become a
 * secret.
 */
export class SecretStream {
  readonly #filter: SecretFilter;
  readonly #heldUnits: number;
  /** Begins with one unit that was passed on already, when `#at` is 1: expressions look at what stands before. */
  #held = '';
  #at = 0;

  /** @param mostUnits how much of a line that does not end is held back at most, before what is safe is passed on */
  constructor(filter: SecretFilter = secretsInUse, mostUnits = heldUnits) {
    this.#filter = filter;
    this.#heldUnits = mostUnits;
  }

  /** What can be passed on now. */
  push(piece: string): string {
    const lineEnd = piece.lastIndexOf('\n');
    const start = this.#held.length;
    this.#held += piece;
    const passed = lineEnd === -1 ? '' : this.#pass(start + lineEnd + 1);
    return this.#held.length > this.#heldUnits + this.#filter.longestUnits ? passed + this.#passSafe() : passed;
  }

  /** What is left. */
  end(): string {
    const rest = this.#pass(this.#held.length);
    this.#held = '';
    this.#at = 0;
    return rest;
  }

  /** All up to a place that no secret goes over. */
  #pass(end: number): string {
    const text = this.#held.slice(0, end);
    const passed = cleaned(text, this.#at, this.#filter.hits(text, this.#at));
    this.#cut(end);
    return passed;
  }

  #passSafe(): string {
    const hits = this.#filter.hits(this.#held, this.#at);
    // A secret that begins before it is there as a whole, with what follows it.
    const limit = this.#held.length - this.#filter.longestUnits - 1;
    let end = limit;
    // Down to a place that is within none; furthest end first, so that none of those before goes over it.
    for (const { start, to } of hits.toSorted((one, other) => other.to - one.to))
      if (start < end && to > end) end = start;
    if (end > this.#at) {
      const before = hits.filter(({ to }) => to <= end);
      const passed = cleaned(this.#held.slice(0, end), this.#at, before);
      this.#cut(end);
      return passed;
    }
    if (this.#held.length <= mostHeldUnits) return '';
    this.#cut(limit);
    return secretMark;
  }

  #cut(end: number): void {
    const from = Math.max(0, end - 1);
    this.#held = this.#held.slice(from);
    this.#at = end - from;
  }
}
