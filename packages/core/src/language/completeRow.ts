import { columnAt } from '../mapping/layout.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { readRow, type MappingRow } from '../mapping/row.ts';
import { nextValue } from '../rules/suggest.ts';
import type { Say } from '../text/message.ts';
import type { MappingModel } from '../validation/model.ts';
import { completeCell } from './completeCell.ts';
import { cellSpot, type CellSpot } from './cellSpot.ts';
import { escapeSnippet, type Suggestion } from './suggestion.ts';

export const newRowMessages = {
  label: 'New node after {host}',
  first: 'New node',
  detail: 'a whole row with all known values',
} as const;

/** A whole row for an empty line: it continues the series of the row above, and the cursor visits each cell. */
export function completeNewRow(model: MappingModel, spot: CellSpot, say: Say): Suggestion[] {
  const row = readRow(spot.record, model.layout);
  const above = rowAbove(model, spot.index);
  let stop = 0;
  const cells = model.layout.cells.map((_, cell) => {
    const column = columnAt(model.layout, cell);
    const value = column === undefined ? '' : valueFor(model, spot, row, above, column, say);
    return `\${${String(++stop)}:${escapeSnippet(value)}}`;
  });
  const host = above?.text.HOSTNAME ?? '';
  const label = host === '' ? say(newRowMessages.first) : say(newRowMessages.label, { host });
  const newText = cells.join(model.document.delimiter);
  return [{ kind: 'row', label, detail: say(newRowMessages.detail), newText, isSnippet: true }];
}

function valueFor(
  model: MappingModel,
  spot: CellSpot,
  row: MappingRow,
  above: MappingRow | undefined,
  column: ColumnName,
  say: Say,
): string {
  // All rows of a group have the same parent.
  if (column === 'PARENT_SERVICE_TAG') return above?.text.PARENT_SERVICE_TAG ?? '';
  if (column.startsWith('IB_') && above?.text.IB_NIC_NAME === '') return '';
  const known = nextValue(model, row, column);
  if (known !== undefined) return known;
  const cell = model.layout.cellOf[column];
  const there = cell === undefined ? undefined : cellSpot(model, spot.index, cell);
  const first = there === undefined ? undefined : completeCell(model, there, say)[0]?.newText;
  return column === 'IB_NIC_NAME' && above === undefined ? '' : (first ?? '');
}

function rowAbove(model: MappingModel, index: number): MappingRow | undefined {
  for (let at = index - 1; at > model.layout.headerIndex; at--) {
    const record = model.document.records[at];
    const row = record === undefined ? undefined : model.rowOf(record);
    if (row !== undefined) return row;
  }
  return undefined;
}
