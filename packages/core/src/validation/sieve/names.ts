import { mixed } from './cellBytes.ts';

/** Numbers by a hash, several of which may have the same. */
class Chains {
  readonly #first = new Map<number, number>();
  readonly #next: number[] = [];

  /** The number added last with this hash, or -1. */
  first(hash: number): number {
    return this.#first.get(hash) ?? -1;
  }

  /** The one added before it, or -1. */
  next(number: number): number {
    return this.#next[number] ?? -1;
  }

  /** @returns the new number; they count from 0 */
  add(hash: number): number {
    this.#next.push(this.first(hash));
    this.#first.set(hash, this.#next.length - 1);
    return this.#next.length - 1;
  }
}

/** Numbers for names that many rows share. Two texts never have one number: what is found of one row is taken for all. */
export class Names {
  readonly #bytes: Uint8Array;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #chains = new Chains();
  #last = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The number of the name between two offsets. */
  numberOf(start: number, end: number): number {
    if (this.#isAt(this.#last, start, end)) return this.#last;
    let hash = end - start;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (this.#bytes[at] ?? 0), 0x01000193);
    hash = mixed(hash);
    let number = this.#chains.first(hash);
    while (number !== -1 && !this.#isAt(number, start, end)) number = this.#chains.next(number);
    if (number === -1) {
      number = this.#chains.add(hash);
      this.#starts.push(start);
      this.#ends.push(end);
    }
    this.#last = number;
    return number;
  }

  /**
   * The offset after the name that was read last, when the same bytes are found here; who asks checks that the
   * name ends there. Otherwise -1.
   */
  againAt(start: number): number {
    const known = this.#starts[this.#last];
    if (known === undefined) return -1;
    const bytes = this.#bytes;
    const length = (this.#ends[this.#last] ?? 0) - known;
    for (let at = 0; at < length; at++) if (bytes[start + at] !== bytes[known + at]) return -1;
    return start + length;
  }

  get last(): number {
    return this.#last;
  }

  textOf(number: number): string {
    return String.fromCharCode(...this.#bytes.subarray(this.#starts[number], this.#ends[number]));
  }

  #isAt(number: number, start: number, end: number): boolean {
    const known = this.#starts[number];
    if (known === undefined || (this.#ends[number] ?? 0) - known !== end - start) return false;
    for (let at = end - 1; at >= start; at--) {
      if (this.#bytes[at] !== this.#bytes[known + at - start]) return false;
    }
    return true;
  }
}

/** Numbers for pairs of whole numbers. */
export class Pairs {
  readonly #chains = new Chains();
  readonly #firsts: number[] = [];
  readonly #seconds: number[] = [];
  #last = 0;

  numberOf(first: number, second: number): number {
    if (this.#firsts[this.#last] === first && this.#seconds[this.#last] === second) return this.#last;
    const hash = mixed(Math.imul(first, 0x9e3779b1) ^ second);
    let number = this.#chains.first(hash);
    while (number !== -1 && (this.#firsts[number] !== first || this.#seconds[number] !== second)) {
      number = this.#chains.next(number);
    }
    if (number === -1) {
      number = this.#chains.add(hash);
      this.#firsts.push(first);
      this.#seconds.push(second);
    }
    this.#last = number;
    return number;
  }
}
