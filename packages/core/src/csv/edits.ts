import { leadingSpace, strip } from '../text/pythonText.ts';
import type { CsvDocument } from './document.ts';
import type { TextEdit } from '../text/position.ts';
import { cellValue, recordText, type CsvRecord, type Delimiter } from './record.ts';
import { greatest, smallest } from '../text/lists.ts';

/** Edits of cells and records that leave everything else as it is: quoting, blanks, line ends, order. */

/** `value` as a cell, in quotes only where CSV needs them. */
export function encodeCell(value: string, delimiter: Delimiter): string {
  return /["\r\n]/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** Puts `value` into a cell; blanks and quotes around the old value stay. A missing cell is added at the end. */
export function setCell(document: CsvDocument, record: CsvRecord, cell: number, value: string): TextEdit {
  const index = document.indexOf(record);
  const range = document.cellRange(index, cell);
  const raw = record.cells[cell];
  if (raw === undefined) {
    const encoded = encodeCell(value, document.delimiter);
    return { range, newText: document.delimiter.repeat(cell - record.cells.length + 1) + encoded };
  }
  return { range, newText: rawWith(raw, value, document.delimiter) };
}

/** A raw cell with another value: blanks and quotes around the old one stay. */
function rawWith(raw: string, value: string, delimiter: Delimiter): string {
  if (raw.startsWith('"')) return `"${replaceStripped(cellValue(raw), value).replaceAll('"', '""')}"`;
  return replaceStripped(raw, encodeCell(value, delimiter));
}

/** Values for cells of one record, by the number of the cell. */
export type NewCells = ReadonlyMap<number, string>;

/** Up to this many single edits are handled as quickly as one that contains them all. */
const mostSingle = 50;

/**
 * Puts values into cells of many records. Of more than a few it is one edit from the first to the last of them, in
 * which everything else stays as it was: an editor and its server handle that in a fraction of the time.
 */
export function setCells(document: CsvDocument, changes: ReadonlyMap<CsvRecord, NewCells>): TextEdit[] {
  const indexes = Array.from(changes.keys(), (record) => document.indexOf(record)).filter((index) => index !== -1);
  const first = smallest(indexes);
  const last = greatest(indexes, -1);
  if (indexes.length <= mostSingle) {
    return [...changes].flatMap(([record, cells]) =>
      [...cells].map(([cell, value]) => setCell(document, record, cell, value)),
    );
  }
  const lines = document.records.slice(first, last + 1).map((record, at) => {
    const cells = changes.get(record);
    const text = recordText(
      cells === undefined ? record : { ...record, cells: cellsWith(record, cells, document) },
      document.delimiter,
    );
    return at === last - first ? text : text + record.eol;
  });
  const range = { start: document.recordRange(first).start, end: document.recordRange(last).end };
  return [{ range, newText: lines.join('') }];
}

function cellsWith({ cells }: CsvRecord, changes: NewCells, { delimiter }: CsvDocument): string[] {
  const width = Math.max(cells.length, greatest(changes.keys(), -1) + 1);
  return Array.from({ length: width }, (_, cell) => {
    const value = changes.get(cell);
    const raw = cells[cell] ?? '';
    return value === undefined ? raw : rawWith(raw, value, delimiter);
  });
}

function replaceStripped(old: string, value: string): string {
  const stripped = strip(old);
  if (stripped === '') return value;
  const start = leadingSpace(old);
  return old.slice(0, start) + value + old.slice(start + stripped.length);
}

/** Removes blanks around a cell's value, outside and inside its quotes. */
export function trimCell(document: CsvDocument, record: CsvRecord, cell: number): TextEdit {
  const raw = record.cells[cell] ?? '';
  const value = strip(cellValue(raw));
  const newText = raw.startsWith('"') ? `"${value.replaceAll('"', '""')}"` : value;
  return { range: document.cellRange(document.indexOf(record), cell), newText };
}

/** Removes a record with its line end (the last record: with the line end before it). */
export function deleteRecord(document: CsvDocument, record: CsvRecord): TextEdit {
  const index = document.indexOf(record);
  return deleteRun(document, index, index);
}

/** Removes records, in any order; neighbors go in one edit, so that no two edits touch the same line end. */
export function deleteRecords(document: CsvDocument, records: Iterable<CsvRecord>): TextEdit[] {
  const indexes = Array.from(records, (record) => document.indexOf(record)).sort((a, b) => a - b);
  const runs: [first: number, last: number][] = [];
  for (const index of indexes) {
    const run = runs.at(-1);
    if (run !== undefined && index === run[1] + 1) run[1] = index;
    else runs.push([index, index]);
  }
  return runs.map(([first, last]) => deleteRun(document, first, last));
}

function deleteRun(document: CsvDocument, first: number, last: number): TextEdit {
  const { start } = document.recordRange(first);
  const { end } = document.recordRange(last);
  const record = document.records[last];
  if (record !== undefined && record.eol !== '') {
    return { range: { start, end: { line: document.lineOf(last) + record.lineCount, character: 0 } }, newText: '' };
  }
  return { range: { start: first === 0 ? start : document.recordRange(first - 1).end, end }, newText: '' };
}

/** Puts a new record before an existing one, with the line end that the file uses. */
export function insertRecordBefore(document: CsvDocument, record: CsvRecord, cells: readonly string[]): TextEdit {
  const at = document.positionAt(document.indexOf(record), 0);
  const text = cells.map((value) => encodeCell(value, document.delimiter)).join(document.delimiter);
  return { range: { start: at, end: at }, newText: text + lineEndOf(document) };
}

/** Replaces all cells of a record; `cells` are raw, quotes included, and get quotes where a new separator needs them. */
export function replaceRecord(
  document: CsvDocument,
  record: CsvRecord,
  cells: readonly string[],
  delimiter: Delimiter = document.delimiter,
): TextEdit {
  return {
    range: document.recordRange(document.indexOf(record)),
    newText: cells
      .map((raw) => (raw.startsWith('"') || !raw.includes(delimiter) ? raw : encodeCell(raw, delimiter)))
      .join(delimiter),
  };
}

/** The first line end of the file, else a line feed. */
export function lineEndOf(document: CsvDocument): string {
  return document.records.find((record) => record.eol !== '')?.eol ?? '\n';
}

/** Puts raw text, quotes included, in place of a whole cell. */
export function setRawCell(document: CsvDocument, record: CsvRecord, cell: number, raw: string): TextEdit {
  return { range: document.cellRange(document.indexOf(record), cell), newText: raw };
}
