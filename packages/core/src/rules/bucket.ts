import type { MappingRow } from '../mapping/row.ts';
import { byOrder } from './rowOrder.ts';
import { SortedRows } from './sortedRows.ts';

/**
 * Rows that have something in common, by value and in file order.
 *
 * Most buckets of a large file hold one row (its own address, its own tag): that one needs neither list nor map.
 */
export class Bucket {
  readonly key: string;
  #value = '';
  #row: MappingRow | undefined;
  /** All rows of `#value` once there are two. */
  #rows: SortedRows | undefined;
  #others: Map<string, SortedRows> | undefined;

  constructor(key: string) {
    this.key = key;
  }

  /** Number of different values. */
  get size(): number {
    return (this.#row === undefined ? 0 : 1) + (this.#others?.size ?? 0);
  }

  /** True when there is one row, once. */
  get isSingle(): boolean {
    return this.#row !== undefined && this.#rows === undefined && (this.#others?.size ?? 0) === 0;
  }

  values(): string[] {
    const others = this.#others === undefined ? [] : [...this.#others.keys()];
    return this.#row === undefined ? others : [this.#value, ...others];
  }

  /** Rows with a value, in file order. */
  rows(value: string): readonly MappingRow[] {
    if (this.#value !== value || this.#row === undefined) return this.#others?.get(value)?.all() ?? [];
    return this.#rows?.all() ?? [this.#row];
  }

  /** First row of the file with a value. */
  first(value: string): MappingRow | undefined {
    return this.#value === value && this.#row !== undefined ? this.#row : this.#others?.get(value)?.first;
  }

  /** The first row of each value, in file order. */
  firsts(): MappingRow[] {
    return this.values()
      .flatMap((value) => this.first(value) ?? [])
      .sort(byOrder);
  }

  /** All rows, in file order. */
  all(): readonly MappingRow[] {
    const values = this.values();
    if (values.length === 1) return this.rows(values[0] ?? '');
    return values.flatMap((value) => this.rows(value)).sort(byOrder);
  }

  add(value: string, row: MappingRow): void {
    if (this.#row === undefined && this.#others?.has(value) !== true) {
      this.#value = value;
      this.#row = row;
    } else if (this.#row !== undefined && this.#value === value) {
      this.#rows ??= new SortedRows(this.#row);
      this.#rows.add(row);
      this.#row = this.#rows.first;
    } else {
      this.#others ??= new Map();
      const rows = this.#others.get(value);
      if (rows === undefined) this.#others.set(value, new SortedRows(row));
      else rows.add(row);
    }
  }

  remove(value: string, row: MappingRow): void {
    if (this.#row !== undefined && this.#value === value) {
      if (this.#rows === undefined) {
        if (this.#row === row) this.#row = undefined;
        return;
      }
      this.#rows.remove(row);
      this.#row = this.#rows.first;
      if (this.#rows.isEmpty || this.#rows.only !== undefined) this.#rows = undefined;
      return;
    }
    const rows = this.#others?.get(value);
    if (rows === undefined) return;
    rows.remove(row);
    if (rows.isEmpty) this.#others?.delete(value);
  }
}
