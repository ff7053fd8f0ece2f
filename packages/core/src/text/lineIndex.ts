import type { Position, Range } from './position.ts';

/** Turns offsets of a text into positions. Line ends are LF, CRLF and CR. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    for (const { index, 0: eol } of text.matchAll(/\r\n|\r|\n/g)) this.#starts.push(index + eol.length);
  }

  /** Offsets outside the text are moved to its nearer end, offsets inside a CRLF before it. */
  position(offset: number): Position {
    const inside = Math.max(0, Math.min(offset, this.#text.length));
    const at = this.#text[inside - 1] === '\r' && this.#text[inside] === '\n' ? inside - 1 : inside;
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - (this.#starts[low] ?? 0) };
  }

  /** The offset of a position; beyond the last line, the end of the text. */
  offset({ line, character }: Position): number {
    const start = this.#starts[line] ?? this.#text.length;
    return Math.min(start + character, this.#text.length);
  }

  range(from: number, to: number): Range {
    return { start: this.position(from), end: this.position(to) };
  }
}

/** The text that positions refer to: editors do not count a byte order mark. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
