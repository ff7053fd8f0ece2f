import type { ColumnName } from '../../mapping/columns.ts';

/** A line that the rules have to look at. */
export interface Line {
  /** From 0. */
  readonly number: number;
  readonly start: number;
  /** Behind the line end. */
  readonly end: number;
}

/** Values of rows that have to differ from each other, each as it is compared: addresses and tags in any case. */
export type SharedValues = Readonly<Record<SharedKey, ReadonlySet<string>>>;
export type SharedKey = 'host' | 'tag' | 'mac' | 'address' | 'ib';

/** What the rows that are not plain have. */
export interface OtherValues extends SharedValues {
  readonly group: ReadonlySet<string>;
}

/** Which rows of a file are plain, what each has in common with others, and which have to be judged all the same. */
export interface Scan {
  /** Lines that are not plain. */
  readonly others: readonly Line[];
  /** Number of plain rows; they are numbered from 0. */
  readonly rows: number;
  readonly lines: ArrayLike<number>;
  readonly starts: ArrayLike<number>;
  /** Rows of the same kind look alike to every rule about single rows, addresses aside. */
  readonly kinds: ArrayLike<number>;
  /** 1 for a plain row that shares a value with another, or whose tag is a parent. */
  readonly shared: Uint8Array;
  /** Of each column of IPv4 addresses by row; of an empty cell 0. */
  readonly addresses: readonly { readonly column: ColumnName; readonly addresses: ArrayLike<number> }[];
  /** Reads all lines from an offset on. @returns false when too few are plain */
  run(from: number, firstLine: number): boolean;
  /** The first rows of all kinds have every group of the file. */
  readonly keepsGroups: boolean;
  /** Marks the plain rows that have one of these values. */
  markShared(values: OtherValues): void;
}
