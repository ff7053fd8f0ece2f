import type { ColumnName } from '../mapping/columns.ts';
import type { MappingRow } from '../mapping/row.ts';
import { insertInOrder, removeRow } from '../rules/rowOrder.ts';

/** Rows by their value in one column, each list in file order; empty cells are left out. */
export class ColumnIndex {
  readonly column: ColumnName;
  readonly #rows = new Map<string, MappingRow[]>();

  constructor(column: ColumnName, rows: Iterable<MappingRow>) {
    this.column = column;
    for (const row of rows) this.add(row);
  }

  get values(): ReadonlyMap<string, readonly MappingRow[]> {
    return this.#rows;
  }

  add(row: MappingRow): void {
    const value = row.text[this.column];
    if (value === '') return;
    const rows = this.#rows.get(value);
    if (rows === undefined) this.#rows.set(value, [row]);
    else insertInOrder(rows, row);
  }

  remove(row: MappingRow): void {
    const value = row.text[this.column];
    const rows = this.#rows.get(value);
    if (rows === undefined) return;
    removeRow(rows, row);
    if (rows.length === 0) this.#rows.delete(value);
  }
}
