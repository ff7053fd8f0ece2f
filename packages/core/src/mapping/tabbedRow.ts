import { lex } from '../csv/lexer.ts';
import { cellValue, recordText, type CsvRecord, type Delimiter } from '../csv/record.ts';
import { strip } from '../text/pythonText.ts';
import type { Layout } from './layout.ts';

/** This many cells between tabs are no coincidence. */
const leastCells = 4;

/** Whether tabs of a record may separate its cells: it has too few without them. No fix of blanks may remove them. */
export function mayHaveTabbedCells({ cells }: CsvRecord, delimiter: Delimiter, layout: Layout): boolean {
  return delimiter !== '\t' && cells.length < layout.cells.length && cells.some((cell) => cell.includes('\t'));
}

/** Whether the cells of a record are separated by tabs, as a spreadsheet copies them. */
export function isTabbed(record: CsvRecord, delimiter: Delimiter, layout: Layout): boolean {
  if (layout.columns.length === 0 || record.lineCount > 1 || !mayHaveTabbedCells(record, delimiter, layout))
    return false;
  const { length } = recordText(record, delimiter).split('\t');
  return length >= leastCells && length > record.cells.length;
}

/** The values between the tabs of a record. */
export function tabbedCells(record: CsvRecord, delimiter: Delimiter): string[] {
  const [read] = lex(recordText(record, delimiter), '\t').records;
  return (read?.cells ?? []).map((raw) => strip(cellValue(raw)));
}
