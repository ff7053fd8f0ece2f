import type { MappingRow } from '../mapping/row.ts';
import type { Finding, Grouping, Placement, Rule, Scope } from '../rules/rule.ts';
import { Bucket } from './bucket.ts';

/**
 * The buckets of one grouping, the rules that judge them and what was found in each.
 *
 * In a large file nearly every address and tag stands alone. Where a lone row cannot have a finding it is kept as it is,
 * and gets a bucket when a second one joins it.
 */
export class RelationIndex {
  readonly grouping: Grouping;
  readonly rules: readonly Rule[];
  readonly findings = new Map<string, Finding[]>();
  /** Keys of the buckets that were changed since they were judged. */
  readonly touched = new Set<string>();
  readonly #buckets = new Map<string, Bucket>();
  readonly #singles = new Map<string, MappingRow>();

  constructor(grouping: Grouping, rules: readonly Rule[]) {
    this.grouping = grouping;
    this.rules = rules;
  }

  /** Buckets that can have findings. */
  keys(): Iterable<string> {
    return this.#buckets.keys();
  }

  /** The bucket of a key; undefined when it has no row, or one that cannot have a finding. */
  bucket(key: string): Bucket | undefined {
    const bucket = this.#buckets.get(key);
    return bucket?.isSingle === true && !this.grouping.judgesSingles ? undefined : bucket;
  }

  /** Puts rows into their buckets without noting them as touched: all are judged afterwards. */
  fill(rows: Iterable<MappingRow>, scope: Scope): void {
    let current: MappingRow | undefined;
    const placement: Placement = {
      add: (key, value) => {
        if (current !== undefined) this.#add(key, value, current, scope);
      },
      touch: () => undefined,
    };
    for (const row of rows) {
      current = row;
      this.grouping.place(row, placement, scope);
    }
  }

  add(row: MappingRow, scope: Scope): void {
    this.#place(row, scope, (key, value) => {
      this.#add(key, value, row, scope);
    });
  }

  remove(row: MappingRow, scope: Scope): void {
    this.#place(row, scope, (key, value) => {
      if (this.#singles.get(key) === row) this.#singles.delete(key);
      const bucket = this.#buckets.get(key);
      bucket?.remove(value, row);
      if (bucket?.size === 0) this.#buckets.delete(key);
    });
  }

  /** Has the buckets judged again that depend on a row which they do not hold. */
  touch(row: MappingRow, scope: Scope): void {
    this.#place(row, scope, () => undefined);
  }

  #add(key: string, value: string, row: MappingRow, scope: Scope): void {
    // A clean file has no buckets here; asking for none is noticeable with a hundred thousand rows.
    let bucket = this.#buckets.size === 0 ? undefined : this.#buckets.get(key);
    if (bucket === undefined) {
      const single = this.#singles.get(key);
      if (single === undefined && !this.grouping.judgesSingles) {
        this.#singles.set(key, row);
        return;
      }
      bucket = new Bucket(key);
      this.#buckets.set(key, bucket);
      if (single !== undefined) {
        this.#singles.delete(key);
        this.#addAll(bucket, single, scope);
        // The row that was alone joins itself: it stands in this bucket by two columns.
        if (single === row) return;
      }
    }
    bucket.add(value, row);
  }

  /** Adds a row by every value that it has in the bucket. */
  #addAll(bucket: Bucket, row: MappingRow, scope: Scope): void {
    const placement: Placement = {
      add: (key, value) => {
        if (key === bucket.key) bucket.add(value, row);
      },
      touch: () => undefined,
    };
    this.grouping.place(row, placement, scope);
  }

  #place(row: MappingRow, scope: Scope, change: (key: string, value: string) => void): void {
    const placement: Placement = {
      add: (key, value) => {
        change(key, value);
        this.touched.add(key);
      },
      touch: (key) => {
        this.touched.add(key);
      },
    };
    this.grouping.place(row, placement, scope);
  }
}
