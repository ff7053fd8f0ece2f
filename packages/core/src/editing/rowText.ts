import { encodeCell, lineEndOf } from '../csv/edits.ts';
import { isEmptyLine } from '../csv/record.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { columnAt } from '../mapping/layout.ts';
import type { TextEdit } from '../text/position.ts';
import type { MappingModel } from '../validation/model.ts';

/** Cells of a new row, as a CSV reader sees them. */
export type NewRow = readonly string[];

/** The cells of a row from values by column; a cell without a value stays empty. */
export function rowOf(model: MappingModel, values: Readonly<Partial<Record<ColumnName, string>>>): NewRow {
  return model.layout.cells.map((_, cell) => {
    const column = columnAt(model.layout, cell);
    return column === undefined ? '' : (values[column] ?? '');
  });
}

/** A row as a line of the file, without its line end. */
export function lineOf(model: MappingModel, row: NewRow): string {
  const { delimiter } = model.document;
  return row.map((value) => encodeCell(value, delimiter)).join(delimiter);
}

/** Puts rows below the record at `index`. */
export function insertBelow(model: MappingModel, index: number, rows: readonly NewRow[]): TextEdit {
  const { document } = model;
  const { end } = document.recordRange(index);
  const eol = lineEndOf(document);
  return { range: { start: end, end }, newText: rows.map((row) => eol + lineOf(model, row)).join('') };
}

/**
 * Puts rows at the end of the file: below its last line, or in place of it where that is empty. Omnia wants rows only
 * appended (omnia.md section 5.1).
 */
export function appendRows(model: MappingModel, rows: readonly NewRow[]): TextEdit {
  const { records } = model.document;
  let last = records.length - 1;
  for (let record = records[last]; last > 0 && record !== undefined && isEmptyLine(record); record = records[last])
    last--;
  return insertBelow(model, last, rows);
}
