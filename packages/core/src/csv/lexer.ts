import type { CsvRecord, Delimiter, Eol, QuoteFault } from './record.ts';

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const noFaults: readonly QuoteFault[] = [];

export interface LexResult {
  readonly records: CsvRecord[];
  /** Offset of a record that was still inside quotes when the text ended, or -1. Only when `final` was false. */
  readonly openAt: number;
}

/**
 * Splits `text` into records; tolerant of everything, never throws.
 *
 * Line ends are LF, CRLF and CR, also mixed. The last record has no line end and may be empty, so that each physical line
 * of an editor belongs to a record. A quoted cell that is never closed ends with its first line (the text after it is
 * read as if the quote had been closed there): one stray quote does not swallow the file.
 *
 * @param final whether the text ends here; if not, an open quote is reported in `openAt` instead of being repaired.
 */
export function lex(text: string, delimiter: Delimiter, final = true): LexResult {
  const records: CsvRecord[] = [];
  const lineEnds = new LineEnds(text);
  let nextQuote = text.indexOf('"');
  let at = 0;
  for (;;) {
    const start = at;
    const end = lineEnds.after(start);
    if (nextQuote !== -1 && nextQuote < start) nextQuote = text.indexOf('"', start);
    if (nextQuote !== -1 && nextQuote < end) {
      const lexed = lexQuoted(text, start, delimiter, final);
      if (lexed === undefined) return { records, openAt: start };
      records.push(lexed.record);
      at = lexed.end;
      if (lexed.record.eol === '') break;
      continue;
    }
    const eol = eolAt(text, end);
    records.push({ cells: text.slice(start, end).split(delimiter), eol, lineCount: 1, faults: noFaults, order: 0 });
    at = end + eol.length;
    if (eol === '') break;
  }
  return { records, openAt: -1 };
}

/** Finds the first line end from an offset on; offsets must not decrease. Searching natively beats a loop by far. */
class LineEnds {
  readonly #text: string;
  #lineFeed: number;
  #carriageReturn: number;

  constructor(text: string) {
    this.#text = text;
    this.#lineFeed = offsetOr(text.length, text.indexOf('\n'));
    this.#carriageReturn = offsetOr(text.length, text.indexOf('\r'));
  }

  after(offset: number): number {
    const { length } = this.#text;
    if (this.#lineFeed < offset) this.#lineFeed = offsetOr(length, this.#text.indexOf('\n', offset));
    if (this.#carriageReturn < offset) this.#carriageReturn = offsetOr(length, this.#text.indexOf('\r', offset));
    return Math.min(this.#lineFeed, this.#carriageReturn);
  }
}

function offsetOr(otherwise: number, found: number): number {
  return found === -1 ? otherwise : found;
}

function eolAt(text: string, at: number): Eol {
  const code = text.charCodeAt(at);
  if (code === lineFeed) return '\n';
  if (code !== carriageReturn) return '';
  return text.charCodeAt(at + 1) === lineFeed ? '\r\n' : '\r';
}

interface LexedRecord {
  readonly record: CsvRecord;
  readonly end: number;
}

/** One record that has quotes somewhere; undefined when it is still open at the end of a text that goes on. */
function lexQuoted(text: string, start: number, delimiter: Delimiter, final: boolean): LexedRecord | undefined {
  const separator = delimiter.charCodeAt(0);
  const cells: string[] = [];
  const faults: QuoteFault[] = [];
  let lineCount = 1;
  let at = start;
  for (;;) {
    const cellStart = at;
    if (text.charCodeAt(at) === quote) {
      const close = closingQuote(text, at + 1);
      if (close === -1) {
        if (!final) return undefined;
        faults.push({ kind: 'unclosed-quote', cell: cells.length });
        at = endOfLine(text, at);
      } else {
        lineCount += countLineBreaks(text, at, close);
        at = close + 1;
        const rest = endOfCell(text, at, separator);
        if (rest > at) faults.push({ kind: 'text-after-quote', cell: cells.length });
        at = rest;
      }
    } else {
      at = endOfCell(text, at, separator);
      if (text.slice(cellStart, at).includes('"')) faults.push({ kind: 'bare-quote', cell: cells.length });
    }
    cells.push(text.slice(cellStart, at));
    if (text.charCodeAt(at) === separator) {
      at++;
      continue;
    }
    const eol = eolAt(text, at);
    return {
      record: { cells, eol, lineCount, faults: faults.length === 0 ? noFaults : faults, order: 0 },
      end: at + eol.length,
    };
  }
}

/** Offset of the quote that closes a cell whose content begins at `from`, or -1. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charCodeAt(at + 1) === quote) at = text.indexOf('"', at + 2);
  return at;
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== lineFeed && text.charCodeAt(at) !== carriageReturn) at++;
  return at;
}

function endOfCell(text: string, from: number, separator: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === separator || code === lineFeed || code === carriageReturn) break;
  }
  return at;
}

/** Line ends in `text` between two offsets, CRLF counted once. */
export function countLineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) count++;
  }
  return count;
}
