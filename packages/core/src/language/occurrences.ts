import type { Range } from '../text/position.ts';
import type { ColumnName } from '../mapping/columns.ts';
import type { MappingRow } from '../mapping/row.ts';
import type { MappingModel } from '../validation/model.ts';
import { cellSpotOf, type CellSpot } from './cellSpot.ts';
import { listLimit } from './limits.ts';

/** One place where a value occurs. */
export interface Occurrence {
  readonly row: MappingRow;
  readonly column: ColumnName;
  /** The value alone, without quotes and blanks. */
  readonly range: Range;
  /** The row is what the value names: the node of a tag, a hostname, an address. */
  readonly defines: boolean;
}

const addressColumns: readonly ColumnName[] = ['ADMIN_IP', 'BMC_IP', 'IB_IP', 'IB_IPV4'];
const macColumns: readonly ColumnName[] = ['ADMIN_MAC', 'BMC_MAC'];
const tagColumns: readonly ColumnName[] = ['SERVICE_TAG', 'PARENT_SERVICE_TAG'];

/** Columns in which the same value means the same thing. */
function kin(column: ColumnName): readonly ColumnName[] {
  return [tagColumns, addressColumns, macColumns].find((columns) => columns.includes(column)) ?? [column];
}

/** Every place of the value under the cursor: a tag also as parent, an address in every address column. */
export function occurrences(model: MappingModel, spot: CellSpot): Occurrence[] {
  if (spot.row === undefined || spot.column === undefined || spot.value === '') return [];
  const found: Occurrence[] = [];
  for (const column of kin(spot.column)) {
    for (const row of model.find(column, spot.value)) {
      if (found.length >= listLimit) return found;
      const there = cellSpotOf(model, row, column);
      if (there === undefined) continue;
      found.push({ row, column, range: there.valueRange, defines: isDefinition(column) });
    }
  }
  return found;
}

/** Roles, groups and parents name something that rows share; the other columns belong to their row alone. */
function isDefinition(column: ColumnName): boolean {
  return column !== 'PARENT_SERVICE_TAG' && column !== 'FUNCTIONAL_GROUP_NAME' && column !== 'GROUP_NAME';
}

/** Where the value under the cursor is defined: a parent's own row, the first row of a group. */
export function definitions(model: MappingModel, spot: CellSpot): Occurrence[] {
  const all = occurrences(model, spot);
  const defining = all.filter(({ defines }) => defines);
  return spot.column === 'GROUP_NAME' || spot.column === 'FUNCTIONAL_GROUP_NAME' ? all.slice(0, 1) : defining;
}
