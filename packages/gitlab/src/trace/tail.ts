/** The last lines of a log of any length, in bounded memory. */
export class TraceTail<T> {
  readonly #limitCharacters: number;
  readonly #sizeOf: (line: T) => number;
  #lines: T[] = [];
  #first = 0;
  #characters = 0;
  #dropped = 0;

  /** @param limitCharacters how much text to keep; the newest line is always kept */
  constructor(limitCharacters: number, sizeOf: (line: T) => number) {
    this.#limitCharacters = limitCharacters;
    this.#sizeOf = sizeOf;
  }

  push(line: T): void {
    this.#lines.push(line);
    this.#characters += this.#sizeOf(line);
    while (this.#characters > this.#limitCharacters && this.#lines.length - this.#first > 1) this.#dropFirst();
  }

  #dropFirst(): void {
    const line = this.#lines[this.#first];
    if (line !== undefined) this.#characters -= this.#sizeOf(line);
    this.#first += 1;
    this.#dropped += 1;
    // Shifting an array of a million lines one by one would be quadratic.
    if (this.#first > 1024 && this.#first * 2 > this.#lines.length) {
      this.#lines = this.#lines.slice(this.#first);
      this.#first = 0;
    }
  }

  clear(): void {
    this.#lines = [];
    this.#first = 0;
    this.#characters = 0;
    this.#dropped = 0;
  }

  get lines(): readonly T[] {
    return this.#lines.slice(this.#first);
  }

  /** How many lines at the start have been dropped. */
  get droppedLines(): number {
    return this.#dropped;
  }
}
