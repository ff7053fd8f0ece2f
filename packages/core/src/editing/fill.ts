import { setCells } from '../csv/edits.ts';
import { cellValue } from '../csv/record.ts';
import { formatIpv4, parseIpv4 } from '../mapping/addresses.ts';
import { columnAt } from '../mapping/layout.ts';
import type { MappingRow } from '../mapping/row.ts';
import { nextInSeries } from '../mapping/series.ts';
import { isFreeAddress } from '../rules/suggest.ts';
import type { Say } from '../text/message.ts';
import type { Range } from '../text/position.ts';
import { strip } from '../text/pythonText.ts';
import type { MappingModel } from '../validation/model.ts';
import { editingTexts } from './editingTexts.ts';
import { rowBelow, rowsIn, startOf } from './places.ts';
import { refusedChange, type TableChange } from './tableChange.ts';

export interface Fill {
  /** The value of the first row in the others, or what follows it in its series. */
  readonly kind: 'fill-down' | 'fill-series';
  /**
   * What is selected; several ranges for several cursors. The first determines the column; one row means the empty
   * cells below it.
   */
  readonly ranges: readonly Range[];
}

export function fill(model: MappingModel, { kind, ranges }: Fill, say: Say): TableChange {
  const { document } = model;
  const { cell } = document.cellAt(startOf(ranges));
  const [first, ...selected] = rowsIn(model, ranges);
  if (first === undefined || cell >= model.layout.cells.length) return refusedChange(say(editingTexts.noRow));
  const others = selected.length > 0 ? selected : emptyBelow(model, first, cell);
  const value = valueOf(first, cell);
  if (value === '') return refusedChange(say(editingTexts.nothingToFill));
  if (others.length === 0) return refusedChange(say(editingTexts.noCells));
  const values = kind === 'fill-down' ? others.map(() => value) : series(model, cell, value, others);
  if (values === undefined) return refusedChange(say(editingTexts.noSeries, { value }));
  const changes = new Map(others.map((row, at) => [row.record, new Map([[cell, values[at] ?? value]])]));
  return { edits: setCells(document, changes), count: others.length, notes: [], refused: null };
}

function valueOf({ record }: MappingRow, cell: number): string {
  return strip(cellValue(record.cells[cell] ?? ''));
}

function emptyBelow(model: MappingModel, first: MappingRow, cell: number): MappingRow[] {
  const found: MappingRow[] = [];
  for (let row = rowBelow(model, first); row !== undefined && valueOf(row, cell) === ''; row = rowBelow(model, row)) {
    found.push(row);
  }
  return found;
}

/**
 * What follows `value`, one for each row; values that other rows have are skipped. Undefined where nothing can be
 * counted.
 */
function series(model: MappingModel, cell: number, value: string, rows: readonly MappingRow[]): string[] | undefined {
  const column = columnAt(model.layout, cell);
  const filled = new Set(rows);
  const isTaken = (candidate: string): boolean =>
    column !== undefined && model.find(column, candidate).some((row) => !filled.has(row));
  const address = parseIpv4(value);
  const found: string[] = [];
  if (address !== undefined) {
    for (let next = address + 1; found.length < rows.length && next <= 0xffffffff; next++) {
      const text = formatIpv4(next);
      if (isFreeAddress(model, column, next, filled)) found.push(text);
    }
    return found.length === rows.length ? found : undefined;
  }
  if (!/[0-9]/.test(value)) return undefined;
  // Groups and tags continue whether or not somebody has them; names of nodes are given only once.
  const isFree = column === 'HOSTNAME' ? isTaken : () => false;
  for (let last = value; found.length < rows.length; found.push(last)) last = nextInSeries(last, isFree);
  return found;
}
