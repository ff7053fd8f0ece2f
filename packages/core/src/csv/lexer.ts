import type { CsvRecord, Delimiter, Eol, QuoteFault } from './record.ts';

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const noFaults: readonly QuoteFault[] = [];

export interface LexResult {
  readonly records: CsvRecord[];
  /**
   * Records with a quote that does not close in its line, and how many lines below were looked at to find that out: up to
   * the one with the next quote, all of them (Infinity) where there is none.
   */
  readonly open: ReadonlyMap<CsvRecord, number>;
  /** Offset of a record that was still inside quotes when the text ended, or -1. Only when `final` was false. */
  readonly openAt: number;
}

/**
 * Splits `text` into records; tolerant of everything, never throws.
 *
 * Line ends are LF, CRLF and CR, also mixed. The last record has no line end and may be empty, so that each physical line
 * of an editor belongs to a record. A quoted cell that is never closed ends with its first line (the text after it is
 * read as if the quote had been closed there), and so does one that takes in a line that looks like a row and closes in
 * the middle of a value: one stray quote does not swallow the rows up to the next one.
 *
 * @param final whether the text ends here; if not, an open quote is reported in `openAt` instead of being repaired.
 */
export function lex(text: string, delimiter: Delimiter, final = true): LexResult {
  const records: CsvRecord[] = [];
  const open = new Map<CsvRecord, number>();
  const lineEnds = new LineEnds(text);
  let nextQuote = text.indexOf('"');
  let at = 0;
  for (;;) {
    const start = at;
    const end = lineEnds.after(start);
    if (nextQuote !== -1 && nextQuote < start) nextQuote = text.indexOf('"', start);
    if (nextQuote !== -1 && nextQuote < end) {
      const lexed = lexQuoted(text, start, delimiter, final);
      if (lexed === undefined) return { records, open, openAt: start };
      records.push(lexed.record);
      if (lexed.reach > 0) open.set(lexed.record, lexed.reach);
      at = lexed.end;
      if (lexed.record.eol === '') break;
      continue;
    }
    const eol = eolAt(text, end);
    records.push({ cells: text.slice(start, end).split(delimiter), eol, lineCount: 1, faults: noFaults, order: 0 });
    at = end + eol.length;
    if (eol === '') break;
  }
  return { records, open, openAt: -1 };
}

/** Finds the first line end from an offset on; offsets must not decrease. Native search is far faster than a loop. */
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

/** More text is needed when the last record has no line end although the file continues. */
export function needsMore(records: readonly CsvRecord[]): boolean {
  const last = records.at(-1);
  return last !== undefined && !(last.cells.length === 1 && last.cells[0] === '' && last.eol === '');
}

interface LexedRecord {
  readonly record: CsvRecord;
  readonly end: number;
  /** Lines below that show that its quote is not closed; 0 without such a quote. */
  readonly reach: number;
}

/** One record that has quotes somewhere; undefined when it is still open at the end of a text that goes on. */
function lexQuoted(text: string, start: number, delimiter: Delimiter, final: boolean): LexedRecord | undefined {
  const separator = delimiter.charCodeAt(0);
  const cells: string[] = [];
  const faults: QuoteFault[] = [];
  let lineCount = 1;
  let reach = 0;
  let at = start;
  for (;;) {
    const cellStart = at;
    if (text.charCodeAt(at) === quote) {
      const close = closingQuote(text, at + 1);
      if (close === -1 && !final) return undefined;
      const breaks = close === -1 ? Infinity : countLineBreaks(text, at, close);
      const rest = endOfCell(text, close + 1, separator);
      if (close === -1 || (breaks > 0 && rest > close + 1 && takesInRow(text, at, rest, separator))) {
        faults.push({ kind: close === -1 ? 'unclosed-quote' : 'runaway-quote', cell: cells.length });
        reach = breaks;
        at = endOfLine(text, at);
      } else {
        lineCount += breaks;
        if (rest > close + 1) faults.push({ kind: 'text-after-quote', cell: cells.length });
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
      reach,
    };
  }
}

/** This many separators in a line are no coincidence: the smallest table that Omnia reads has four columns. */
const rowSeparators = 3;

/** Whether one of the lines after the first, of those that begin between two offsets, looks like a row. */
function takesInRow(text: string, from: number, to: number, separator: number): boolean {
  let separators = 0;
  for (let at = endOfLine(text, from); at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || code === carriageReturn) {
      if (at >= to) return false;
      separators = 0;
    } else if (code === separator && ++separators >= rowSeparators) return true;
  }
  return false;
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
