import type { MappingRow } from '../mapping/row.ts';

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
  #rows: MappingRow[] | undefined;
  #others: Map<string, MappingRow[]> | undefined;

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
    if (this.#value !== value || this.#row === undefined) return this.#others?.get(value) ?? [];
    return this.#rows ?? [this.#row];
  }

  /** First row of the file with a value. */
  first(value: string): MappingRow | undefined {
    return this.#value === value && this.#row !== undefined ? this.#row : this.#others?.get(value)?.[0];
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
      this.#rows ??= [this.#row];
      insertInOrder(this.#rows, row);
      this.#row = this.#rows[0];
    } else {
      this.#others ??= new Map();
      const rows = this.#others.get(value);
      if (rows === undefined) this.#others.set(value, [row]);
      else insertInOrder(rows, row);
    }
  }

  remove(value: string, row: MappingRow): void {
    if (this.#row !== undefined && this.#value === value) {
      if (this.#rows === undefined) {
        if (this.#row === row) this.#row = undefined;
        return;
      }
      removeRow(this.#rows, row);
      this.#row = this.#rows[0];
      if (this.#rows.length < 2) this.#rows = undefined;
      return;
    }
    const rows = this.#others?.get(value);
    if (rows === undefined) return;
    removeRow(rows, row);
    if (rows.length === 0) this.#others?.delete(value);
  }
}

export function byOrder(a: MappingRow, b: MappingRow): number {
  return a.record.order - b.record.order;
}

/** Inserts into rows that are sorted by file order; appending costs nothing. */
export function insertInOrder(rows: MappingRow[], row: MappingRow): void {
  const last = rows.at(-1);
  if (last === undefined || last.record.order <= row.record.order) rows.push(row);
  else rows.splice(lowerBound(rows, row), 0, row);
}

/** Removes a row from rows that are sorted by file order. */
export function removeRow(rows: MappingRow[], row: MappingRow): void {
  const guess = lowerBound(rows, row);
  // The row may have left the document, and its neighbours been numbered anew since.
  const index = rows[guess] === row ? guess : rows.indexOf(row);
  if (index !== -1) rows.splice(index, 1);
}

function lowerBound(rows: readonly MappingRow[], row: MappingRow): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.record.order ?? 0) < row.record.order) low = middle + 1;
    else high = middle;
  }
  return low;
}
