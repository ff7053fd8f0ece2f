import { cellValue, isComment, type CsvRecord } from '../csv/record.ts';
import { conflictMark } from '../text/conflicts.ts';
import { strip } from '../text/pythonText.ts';
import { traitsOf, type OmniaVersion } from './versions.ts';

/** True when no cell has a visible character; 2.3 skips such rows, 2.2 reads them as data. */
export function isEmptyRow(record: CsvRecord): boolean {
  return record.cells.every((raw) => strip(cellValue(raw)) === '');
}

/** True for a mark that a merge left. */
export function isConflictMark({ cells, lineCount }: CsvRecord): boolean {
  return lineCount === 1 && conflictMark(cells[0] ?? '') !== undefined;
}

/** True for a comment: 2.1 and 2.2 look at the line, 2.3 at the value of its first cell, quotes removed. */
export function isCommentIn(record: CsvRecord, version: OmniaVersion): boolean {
  if (isComment(record)) return true;
  const first = record.cells[0] ?? '';
  return first.startsWith('"') && traitsOf(version).readsComments && strip(cellValue(first)).startsWith('#');
}
