import type { MappingRow } from '../mapping/row.ts';
import type { Finding, Grouping, Placement, Rule, Scope } from '../rules/rule.ts';
import { Bucket } from '../rules/bucket.ts';
import { atOnce, inSlices } from './inSlices.ts';

/**
 * The buckets of one grouping, the rules that judge them and what was found in each.
 *
 * In a large file nearly every address and tag is unique. Where a lone row cannot have a finding it is kept as it is,
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
  /** Rows that were filled in and whose singles are not noted yet. */
  #unindexed: { readonly rows: readonly MappingRow[]; readonly scope: Scope } | undefined;

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

  /** Puts rows into their buckets, in slices, without noting them as touched: all are judged afterwards. */
  *fill(rows: readonly MappingRow[], scope: Scope): Generator<void> {
    if (this.grouping.judgesSingles) {
      yield* this.#forEach(rows, scope, (key, value, row) => {
        this.#bucket(key).add(value, row);
      });
      return;
    }
    const seen = new Set<string>();
    const shared = new Set<string>();
    yield* this.#forEach(rows, scope, (key) => {
      const { size } = seen;
      seen.add(key);
      if (seen.size === size) shared.add(key);
    });
    if (shared.size > 0) {
      yield* this.#forEach(rows, scope, (key, value, row) => {
        if (shared.has(key)) this.#bucket(key).add(value, row);
      });
    }
    this.#unindexed = { rows, scope };
  }

  /** Gets ready for edits: notes the rows that stand alone, which judging a file once does not need. */
  prepare(): void {
    if (this.#unindexed === undefined) return;
    const { rows, scope } = this.#unindexed;
    this.#unindexed = undefined;
    atOnce(
      this.#forEach(rows, scope, (key, _value, row) => {
        if (!this.#buckets.has(key)) this.#singles.set(key, row);
      }),
    );
  }

  add(row: MappingRow, scope: Scope): void {
    this.prepare();
    this.#place(row, scope, (key, value) => {
      this.#add(key, value, row, scope);
    });
  }

  remove(row: MappingRow, scope: Scope): void {
    this.prepare();
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
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      const single = this.#singles.get(key);
      if (single === undefined && !this.grouping.judgesSingles) {
        this.#singles.set(key, row);
        return;
      }
      bucket = this.#bucket(key);
      if (single !== undefined) {
        this.#singles.delete(key);
        this.#addAll(bucket, single, scope);
        // The row that was alone joins itself: it is in this bucket by two columns.
        if (single === row) return;
      }
    }
    bucket.add(value, row);
  }

  /** Adds a row by every value that it has in the bucket. */
  #addAll(bucket: Bucket, row: MappingRow, scope: Scope): void {
    atOnce(
      this.#forEach([row], scope, (key, value) => {
        if (key === bucket.key) bucket.add(value, row);
      }),
    );
  }

  *#forEach(
    rows: readonly MappingRow[],
    scope: Scope,
    visit: (key: string, value: string, row: MappingRow) => void,
  ): Generator<void> {
    let current: MappingRow | undefined;
    const placement: Placement = {
      add: (key, value) => {
        if (current !== undefined) visit(key, value, current);
      },
      touch: () => undefined,
    };
    yield* inSlices(rows, (row) => {
      current = row;
      this.grouping.place(row, placement, scope);
    });
  }

  #bucket(key: string): Bucket {
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = new Bucket(key);
      this.#buckets.set(key, bucket);
    }
    return bucket;
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
