import type { CsvDocument } from '../csv/document.ts';
import { setRawCell } from '../csv/edits.ts';
import { lex } from '../csv/lexer.ts';
import { cellValue, type CsvRecord } from '../csv/record.ts';
import { isWholeLine } from '../mapping/headerSight.ts';
import type { Layout } from '../mapping/layout.ts';
import type { Fix } from './rule.ts';

/** For a row that something put in quotes as a whole; the rule that refuses it has these texts, and the others say nothing. */
export const quotedRowMessages = {
  quotedRow: 'The whole row is in quotes, so Omnia reads it as one cell.',
  unquoteRow: 'Remove the quotes around the row',
} as const;

/** Whether a record is a row in quotes. With less than half of the cells it is rather text with a comma, such as a title. */
export function isQuotedRow(record: CsvRecord, { cells }: Layout): boolean {
  if (cells.length <= 1 || !isWholeLine(record)) return false;
  return 2 * cellValue(record.cells[0] ?? '').split(/[,;\t|]/).length > cells.length;
}

/** The cells of a row, those inside the quotes when it is in quotes as a whole. */
export function cellsIn(record: CsvRecord, document: CsvDocument, layout: Layout): readonly string[] {
  if (!isQuotedRow(record, layout)) return record.cells;
  return lex(cellValue(record.cells[0] ?? ''), document.delimiter).records[0]?.cells ?? [];
}

/** Nothing is guessed: the cells are there. */
export function unquoteRow(document: CsvDocument, record: CsvRecord): Fix[] {
  const text = cellValue(record.cells[0] ?? '');
  if (!text.includes(document.delimiter)) return [];
  const edits = [setRawCell(document, record, 0, text)];
  return [{ title: quotedRowMessages.unquoteRow, params: {}, edits, safe: true }];
}
