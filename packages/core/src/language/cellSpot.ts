import type { Position, Range } from '../text/position.ts';
import { cellOffset, cellValue, type CsvRecord } from '../csv/record.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { columnAt } from '../mapping/layout.ts';
import type { MappingRow } from '../mapping/row.ts';
import type { RecordKind } from '../rules/rule.ts';
import { leadingSpace, strip } from '../text/pythonText.ts';
import type { MappingModel } from '../validation/model.ts';

/** The cell under the cursor and what is known about it. */
export interface CellSpot {
  readonly record: CsvRecord;
  readonly index: number;
  readonly kind: RecordKind;
  readonly cell: number;
  readonly column: ColumnName | undefined;
  /** Defined in data rows. */
  readonly row: MappingRow | undefined;
  /** Without quotes and surrounding blanks. */
  readonly value: string;
  /** The cell with its blanks and quotes. */
  readonly range: Range;
  /** The value alone. */
  readonly valueRange: Range;
}

/** The cell whose text, or whose following separator, is at `position`. */
export function cellSpotAt(model: MappingModel, position: Position): CellSpot | undefined {
  const { index, cell } = model.document.cellAt(position);
  return cellSpot(model, index, cell);
}

/** The cell of a row that belongs to a column; undefined when the file lacks the column. */
export function cellSpotOf(model: MappingModel, row: MappingRow, column: ColumnName): CellSpot | undefined {
  const cell = model.layout.cellOf[column];
  return cell === undefined ? undefined : cellSpot(model, model.document.indexOf(row.record), cell);
}

export function cellSpot(model: MappingModel, index: number, cell: number): CellSpot | undefined {
  const { document } = model;
  const record = document.records[index];
  if (record === undefined) return undefined;
  const raw = record.cells[cell] ?? '';
  return {
    record,
    index,
    kind: model.kindOf(record),
    cell,
    column: columnAt(model.layout, cell),
    row: model.rowOf(record),
    value: strip(cellValue(raw)),
    range: document.cellRange(index, cell),
    valueRange: valueRange(model, record, index, cell),
  };
}

/** Range of a cell's value without quotes and surrounding blanks. */
export function valueRange(model: MappingModel, record: CsvRecord, index: number, cell: number): Range {
  const raw = record.cells[cell] ?? '';
  const [open, content] = raw.startsWith('"') ? [1, raw.slice(1).replace(/"$/, '')] : [0, raw];
  const start = cellOffset(record, cell) + open + (strip(content) === '' ? 0 : leadingSpace(content));
  const { document } = model;
  return { start: document.positionAt(index, start), end: document.positionAt(index, start + strip(content).length) };
}
