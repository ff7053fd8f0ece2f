import { leadingSpace, strip } from '../text/pythonText.ts';

export type Eol = '' | '\n' | '\r\n' | '\r';
export type Delimiter = ',' | ';' | '\t' | '|';

/**
 * What is wrong with the quotes of a cell.
 * - `unclosed-quote`: the cell opens a quote that the file never closes; the lexer ends the cell at its line.
 * - `runaway-quote`: the next quote is in the middle of a value, with rows in between; the lexer ends the cell at its
 *   line.
 * - `text-after-quote`: text between a closing quote and the next delimiter.
 * - `bare-quote`: a quote inside a cell that does not begin with one; Python reads it literally, csv-parse refuses it.
 */
export type QuoteFaultKind = 'unclosed-quote' | 'runaway-quote' | 'text-after-quote' | 'bare-quote';

export interface QuoteFault {
  readonly kind: QuoteFaultKind;
  readonly cell: number;
}

/**
 * One CSV record with its line end: usually one physical line, more when a quoted cell contains line breaks.
 * Records never change, except for `order`; an edit replaces them, so their identity can serve as a cache key.
 */
export interface CsvRecord {
  /** The text between the delimiters, quotes and blanks included. Never empty: a blank line has one empty cell. */
  readonly cells: readonly string[];
  readonly eol: Eol;
  /** Physical lines that the record covers, at least 1. */
  readonly lineCount: number;
  readonly faults: readonly QuoteFault[];
  /** Increases from record to record of a document; kept by the document, meaningless outside it. */
  order: number;
}

/** The value that a CSV reader sees: quotes removed, doubled quotes halved; blanks are kept. */
export function cellValue(raw: string): string {
  if (!raw.startsWith('"')) return raw;
  let value = '';
  let from = 1;
  for (;;) {
    const quote = raw.indexOf('"', from);
    if (quote === -1) return value + raw.slice(from);
    value += raw.slice(from, quote);
    if (raw[quote + 1] !== '"') return value + raw.slice(quote + 1);
    value += '"';
    from = quote + 2;
  }
}

/** Whether a quote of the record is not closed in it, so that nothing after that quote is a cell. */
export function hasOpenQuote({ faults }: CsvRecord): boolean {
  return openCell(faults) !== undefined;
}

/** Whether a fault is a quote that nothing closes where a value could end. */
export function isOpenQuote({ kind }: QuoteFault): boolean {
  return kind === 'unclosed-quote' || kind === 'runaway-quote';
}

/** The cell of a record that such a quote opens. */
export function openCell(faults: readonly QuoteFault[]): number | undefined {
  return faults.find(isOpenQuote)?.cell;
}

/** Whether two records read the same; their places in a document do not count. */
export function isSameRecord(a: CsvRecord, b: CsvRecord): boolean {
  if (a.cells.length !== b.cells.length || a.eol !== b.eol || a.faults.length !== b.faults.length) return false;
  return (
    a.cells.every((cell, index) => cell === b.cells[index]) &&
    a.faults.every((fault, index) => fault.kind === b.faults[index]?.kind && fault.cell === b.faults[index].cell)
  );
}

/** The text of the record without its line end. */
export function recordText(record: CsvRecord, delimiter: Delimiter): string {
  return record.cells.length === 1 ? (record.cells[0] ?? '') : record.cells.join(delimiter);
}

/** Offset of a cell's first code unit in the record; for a missing cell, the end of the record. */
export function cellOffset(record: CsvRecord, cell: number): number {
  let offset = 0;
  for (let i = 0; i < cell && i < record.cells.length; i++) offset += (record.cells[i] ?? '').length + 1;
  return cell >= record.cells.length ? offset - 1 : offset;
}

/** True when the record has only white space (Python's `not line.strip()`). */
export function isBlank(record: CsvRecord): boolean {
  return record.cells.length === 1 && strip(record.cells[0] ?? '') === '';
}

/** True for a line without any character. */
export function isEmptyLine(record: CsvRecord): boolean {
  return record.cells.length === 1 && record.cells[0] === '';
}

/** True when the first visible character of the record is `#`. */
export function isComment(record: CsvRecord): boolean {
  const first = record.cells[0] ?? '';
  return first.charCodeAt(leadingSpace(first)) === 0x23;
}
