import { isBlank, type CsvRecord } from '../csv/record.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { hasSameOrder, repeatsHeader } from '../mapping/headerSight.ts';
import type { Layout } from '../mapping/layout.ts';
import { readRow, type MappingRow } from '../mapping/row.ts';
import { isCommentIn, isConflictMark, isEmptyRow } from '../mapping/skipped.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import type { RecordKind } from '../rules/rule.ts';
import { ColumnIndex } from './columnIndex.ts';

/** Which records of a mapping file are rows, and what is counted and looked up of them; a change of the header makes a new one. */
export class MappingRows {
  readonly #layout: Layout;
  readonly #version: OmniaVersion;
  readonly #rows = new Map<CsvRecord, MappingRow>();
  /** Headers that occur in the file once more. Nearly always empty. */
  readonly #repeated = new Set<CsvRecord>();
  readonly #columnIndexes = new Map<ColumnName, ColumnIndex>();
  #kubernetesRows = 0;

  constructor(records: Iterable<CsvRecord>, layout: Layout, version: OmniaVersion) {
    this.#layout = layout;
    this.#version = version;
    for (const record of records) this.take(record);
  }

  get count(): number {
    return this.#rows.size;
  }

  get hasKubernetes(): boolean {
    return this.#kubernetesRows > 0;
  }

  /**
   * Whether the nearest header above a row has another column order than the first one. The values of the row are then
   * under the wrong names, so none of them can be repaired before the header.
   */
  isMisread(record: CsvRecord | undefined): boolean {
    if (this.#repeated.size === 0 || record === undefined || !this.#rows.has(record)) return false;
    const above = [...this.#repeated].filter(({ order }) => order < record.order).sort((a, b) => b.order - a.order);
    return above[0] !== undefined && !hasSameOrder(above[0], this.#layout);
  }

  /** In the order in which they were taken. */
  all(): Iterable<MappingRow> {
    return this.#rows.values();
  }

  of(record: CsvRecord): MappingRow | undefined {
    return this.#rows.get(record);
  }

  kindOf(record: CsvRecord): RecordKind {
    if (record === this.#layout.header) return 'header';
    if (this.#rows.has(record)) return 'row';
    if (isConflictMark(record)) return 'conflict';
    if (this.#repeated.has(record)) return 'header-again';
    return isCommentIn(record, this.#version) ? 'comment' : 'blank';
  }

  /** Rows by their value in a column, each list in file order; empty cells are left out. Made from `rows` on first use. */
  index(column: ColumnName, rows: () => Iterable<MappingRow>): ReadonlyMap<string, readonly MappingRow[]> {
    let index = this.#columnIndexes.get(column);
    if (index === undefined) {
      index = new ColumnIndex(column, rows());
      this.#columnIndexes.set(column, index);
    }
    return index.values;
  }

  /** Notes a record that is a row. */
  take(record: CsvRecord): MappingRow | undefined {
    if (record === this.#layout.header || isBlank(record) || isCommentIn(record, this.#version)) return undefined;
    if (traitsOf(this.#version).readsComments && isEmptyRow(record)) return undefined;
    if (isConflictMark(record)) return undefined;
    if (repeatsHeader(record, this.#layout)) {
      this.#repeated.add(record);
      return undefined;
    }
    const row = readRow(record, this.#layout);
    this.#rows.set(record, row);
    if (isKubernetes(row)) this.#kubernetesRows++;
    for (const index of this.#columnIndexes.values()) index.add(row);
    return row;
  }

  /** Forgets a record. @returns the row that it was */
  drop(record: CsvRecord): MappingRow | undefined {
    this.#repeated.delete(record);
    const row = this.#rows.get(record);
    if (row === undefined) return undefined;
    this.#rows.delete(record);
    if (isKubernetes(row)) this.#kubernetesRows--;
    for (const index of this.#columnIndexes.values()) index.remove(row);
    return row;
  }
}

function isKubernetes(row: MappingRow): boolean {
  return row.text.FUNCTIONAL_GROUP_NAME.toLowerCase().includes('kube_');
}
