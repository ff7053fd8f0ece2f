import type { CsvDocument } from '../csv/document.ts';
import { cellValue, isBlank, isComment, type CsvRecord } from '../csv/record.ts';
import { strip } from '../text/pythonText.ts';
import { columnMeant, type ColumnName } from './columns.ts';
import type { Layout } from './layout.ts';

/**
 * Where the header of a file really is, which need not be where Omnia looks for it:
 * - `here`: where Omnia looks
 * - `spelt`: there, with names that Omnia does not know as they are written
 * - `below`: further down, under lines that are not a header
 * - `behind-sign`: turned into a comment by a `#` before its first name
 * - `behind-cell`: turned into a comment by a first column that is called `#`
 * - `quoted`: each line is one cell in quotes
 * - `apostrophes`: its cells are in apostrophes, which are no quotes to Omnia
 * - `none`: in none of the first lines
 */
export type HeaderSight =
  | { readonly kind: 'here' | 'none' | 'apostrophes' }
  | { readonly kind: 'spelt'; readonly names: ReadonlyMap<number, ColumnName> }
  | { readonly kind: 'quoted'; readonly lines: readonly CsvRecord[] }
  | { readonly kind: 'below'; readonly header: CsvRecord; readonly above: readonly CsvRecord[] }
  | { readonly kind: 'behind-sign' | 'behind-cell'; readonly header: CsvRecord };

/** Titles and the like are a few lines: this many records from the present header on are looked at. */
export const searchedRecords = 20;
/** So many names of columns in one line are no chance. */
export const minNames = 5;

/** The one answer to where the header is: every rule about the header, and every fix, uses it. */
export function sightHeader(document: CsvDocument, layout: Layout): HeaderSight {
  const { header, headerIndex } = layout;
  if (header === undefined) return sightComment(document, document.records.length) ?? { kind: 'none' };
  const exact = layout.cells.filter(({ column }) => column !== undefined).length;
  const meant = namesIn(header);
  if (meant.size >= minNames) {
    if (isComment(header)) return { kind: 'behind-cell', header };
    if (header.cells.every(isInApostrophes)) return { kind: 'apostrophes' };
    return exact >= meant.size ? { kind: 'here' } : { kind: 'spelt', names: meant };
  }
  if (isQuotedLine(header)) {
    return { kind: 'quoted', lines: document.records.filter((record) => isWholeLine(record)) };
  }
  const comment = sightComment(document, headerIndex);
  if (comment !== undefined) return comment;
  const first = document.records.slice(0, headerIndex + searchedRecords);
  const below = first.findIndex((record, index) => index > headerIndex && namesIn(record).size >= minNames);
  const found = first[below];
  if (found === undefined) return { kind: exact > 0 ? 'here' : 'none' };
  return { kind: 'below', header: found, above: first.slice(0, below).filter((record) => !isBlank(record)) };
}

/** Whether a record repeats column names that the header has: a second export, appended to the first. */
export function repeatsHeader(record: CsvRecord, { cellOf, header }: Layout): boolean {
  const cell = cellOf.HOSTNAME ?? cellOf.BMC_IP;
  if (cell === undefined || record === header || columnMeant(record.cells[cell] ?? '') === undefined) return false;
  return namesIn(record).size >= minNames;
}

/** Whether a header has the columns of the first one in the same order. */
export function hasSameOrder(header: CsvRecord, { columns, cells }: Layout): boolean {
  return (
    header.cells.length === cells.length &&
    columns.every(({ column, cell }) => columnMeant(cellValue(header.cells[cell] ?? '')) === column)
  );
}

/** Excel's own line, which tells it the separator: `sep=;`. */
export function isSeparatorLine(record: CsvRecord): boolean {
  return /^"?sep=/i.test(strip(record.cells[0] ?? ''));
}

/** A header that is a comment, above `end`. */
function sightComment({ records }: CsvDocument, end: number): HeaderSight | undefined {
  for (const header of records.slice(0, Math.min(end, searchedRecords))) {
    if (!isComment(header) || namesIn(header).size < minNames) continue;
    return { kind: strip(header.cells[0] ?? '') === '#' ? 'behind-cell' : 'behind-sign', header };
  }
  return undefined;
}

/** The columns that cells name, however they spell them, each once. */
export function namesIn({ cells }: CsvRecord): Map<number, ColumnName> {
  const found = new Map<number, ColumnName>();
  const seen = new Set<ColumnName>();
  for (const [cell, raw] of cells.entries()) {
    const column = columnMeant(cellValue(raw));
    if (column === undefined || seen.has(column)) continue;
    seen.add(column);
    found.set(cell, column);
  }
  return found;
}

/** Whether a cell is in apostrophes as a whole. */
export function isInApostrophes(raw: string): boolean {
  return raw.length > 1 && raw.startsWith("'") && raw.endsWith("'");
}

function isQuotedLine(record: CsvRecord): boolean {
  if (!isWholeLine(record)) return false;
  const cells = cellValue(record.cells[0] ?? '').split(/[,;\t|]/);
  return cells.filter((cell) => columnMeant(cell) !== undefined).length >= minNames;
}

/** One cell in quotes, without a line break, that has cells inside. */
export function isWholeLine({ cells, faults, lineCount }: CsvRecord): boolean {
  const [only = '', ...more] = cells;
  return more.length === 0 && lineCount === 1 && faults.length === 0 && only.startsWith('"') && /[,;\t|]/.test(only);
}
