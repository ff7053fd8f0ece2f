import { cellSpot } from '../language/cellSpot.ts';
import { columnDoc } from '../language/columnDocs.ts';
import type { Say } from '../text/message.ts';
import type { Position, Range } from '../text/position.ts';
import { strip } from '../text/pythonText.ts';
import type { MappingModel } from '../validation/model.ts';

/** As many cursors as an editor takes. */
const mostCells = 10_000;

/** The values of the column at a position, one for each row. */
export function cellsOfColumn(model: MappingModel, at: Position): Range[] {
  const { document } = model;
  const { cell } = document.cellAt(at);
  const found: Range[] = [];
  for (const [index, record] of document.records.entries()) {
    if (model.rowOf(record) === undefined || cell >= record.cells.length) continue;
    const spot = cellSpot(model, index, cell);
    if (spot !== undefined) found.push(spot.valueRange);
    if (found.length >= mostCells) break;
  }
  return found;
}

/** The value of the next cell, or of the one before: at the end of a row, that of the next row. Undefined where there is none. */
export function neighbourCell(model: MappingModel, at: Position, step: 1 | -1): Range | undefined {
  const { document } = model;
  const { index, cell } = document.cellAt(at);
  const width = document.records[index]?.cells.length ?? 0;
  const next = cell + step;
  if (next >= 0 && next < width) return cellSpot(model, index, next)?.valueRange;
  for (let other = index + step; other >= 0 && other < document.records.length; other += step) {
    const record = document.records[other];
    if (record === undefined || (model.rowOf(record) === undefined && record !== model.layout.header)) continue;
    return cellSpot(model, other, step === 1 ? 0 : record.cells.length - 1)?.valueRange;
  }
  return undefined;
}

/** The column that a position lies in. */
export interface ColumnAt {
  /** As the header names it. */
  readonly name: string;
  /** What it means, and what its cells may hold; empty for a column that Omnia does not know. In the user's language. */
  readonly meaning: string;
}

export function columnOfPosition(model: MappingModel, at: Position, say: Say): ColumnAt | undefined {
  const { document, layout, version } = model;
  const { index, cell } = document.cellAt(at);
  const record = document.records[index];
  const header = layout.cells[cell];
  if (record === undefined || header === undefined) return undefined;
  if (model.rowOf(record) === undefined && record !== layout.header) return undefined;
  if (header.column === undefined) return { name: strip(header.name), meaning: '' };
  const { meaning, allowed } = columnDoc(header.column, version);
  return { name: header.column, meaning: `${say(meaning)} ${say(allowed)}` };
}
