import type { SourceEncoding } from '../text/sourceEncoding.ts';
import type { ContextKey, ValidationContext } from '../context/context.ts';
import type { CsvDocument } from '../csv/document.ts';
import type { Params, Template } from '../text/message.ts';
import type { TextEdit } from '../text/position.ts';
import type { CsvRecord } from '../csv/record.ts';
import type { Layout } from '../mapping/layout.ts';
import type { MappingRow } from '../mapping/row.ts';
import type { Levels, OmniaVersion } from '../mapping/versions.ts';
import type { ColumnName } from '../mapping/columns.ts';
import type { Bucket } from './bucket.ts';

/** Where a finding lies. It names a record, not a line, so it stays right when lines are inserted above. */
export interface Place {
  /** Undefined: the start of the file. */
  readonly record: CsvRecord | undefined;
  /** A cell of the record, one that is missing included; undefined: the whole record. */
  readonly cell: number | undefined;
  readonly column: ColumnName | undefined;
}

export interface RelatedPlace {
  readonly place: Place;
  readonly message: Template;
  readonly params: Params;
}

/** One fault at one place. Its severity follows from the rule, the version and the user's settings. */
export interface Finding {
  readonly rule: Rule;
  readonly message: Template;
  readonly params: Params;
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
}

/** What a rule may know besides the rows it is given. */
export interface Scope {
  readonly version: OmniaVersion;
  readonly context: ValidationContext;
  readonly document: CsvDocument;
  readonly layout: Layout;
  readonly facts: Facts;
  /** How the text came from bytes. */
  readonly encoding: SourceEncoding;
  readonly rowCount: number;
  /** Rows whose stripped text in `column` is `value`, in file order. */
  find(column: ColumnName, value: string): readonly MappingRow[];
  /** Place of a row's cell; a cell that is missing lies at the row's end. */
  at(row: MappingRow, column: ColumnName): Place;
  report(place: Place, message: Template, params?: Params, related?: readonly RelatedPlace[]): void;
}

/** A yes or no about all rows together. When one changes, every row is judged again. */
export interface Facts {
  /** Some row's role contains `kube_`, case ignored: then Omnia 2.1 and 2.2 check the parents of compute rows. */
  readonly kubernetes: boolean;
}

/** A change to the mapping file that removes a finding. */
export interface Fix {
  readonly title: Template;
  readonly params: Params;
  readonly edits: readonly TextEdit[];
  /** Nothing is guessed or lost: the fix belongs to "fix all". */
  readonly safe: boolean;
  /** Write the file as UTF-8 without byte order mark; no text edit can do that. */
  readonly reencode?: boolean;
}

/** What a fix may look at: the current state of the whole file. */
export interface FixScope extends Scope {
  readonly rows: Iterable<MappingRow>;
  /** Rows by their value in a column, each list in file order; empty cells are left out. */
  index(column: ColumnName): ReadonlyMap<string, readonly MappingRow[]>;
  rowOf(record: CsvRecord): MappingRow | undefined;
}

/** Puts a row into the bucket `key`, beside the rows of the same `value`; or only has that bucket judged again. */
export interface Placement {
  readonly add: (key: string, value: string) => void;
  readonly touch: (key: string) => void;
}

/** How rows that must be compared come together. */
export interface Grouping {
  /** Whether a bucket with one row can have a finding. */
  readonly judgesSingles: boolean;
  /** May look at the row, the version and the context only: it must say the same when the row goes. */
  place(row: MappingRow, placement: Placement, scope: Scope): void;
}

/** What a record is: the header, a node, nothing, a line that begins with `#`, a mark of a merge, or the header once more. */
export type RecordKind = 'header' | 'row' | 'blank' | 'comment' | 'conflict' | 'header-again';

/**
 * One rule of the mapping file: data about it and the checks that it needs, usually one.
 *
 * `checkFile` runs when the header changes, `checkRecord` and `checkRow` for records that change, `checkBucket` for
 * buckets that lose or gain a row. What each may look at is in its parameters: a check that reads more would go stale.
 */
export interface Rule {
  /** Stable, kebab-case; docs/rules/<code>.md explains it. */
  readonly code: string;
  readonly levels: Levels;
  /** Every text that the rule can show, fix titles included: the edge finds translations by it. */
  readonly messages: Readonly<Record<string, Template>>;
  /** The checks need this fact from outside the file; without it they are skipped and the user is told once. */
  readonly needs?: ContextKey;
  /**
   * Where this rule is an error, Omnia reads no further: `file`: no other finding is shown; `record`: no other finding
   * of that record is shown, since it is unknown what its cells are. A header stops the file either way.
   */
  readonly stops?: 'file' | 'record';
  /** Is also given a table whose rows Omnia does not read, such as a report. */
  readonly ofAnyTable?: boolean;

  /** Judges the header and whether there are rows at all. */
  checkFile?(scope: Scope): void;
  /** Judges any record by its kind: comments, syntax. */
  checkRecord?(record: CsvRecord, kind: RecordKind, scope: Scope): void;
  /** Judges one row by itself, its context and the facts. */
  checkRow?(row: MappingRow, scope: Scope): void;
  /** Which rows `checkBucket` compares. Rules may share a grouping. */
  readonly grouping?: Grouping;
  /** Judges rows that have something in common. */
  checkBucket?(bucket: Bucket, scope: Scope): void;

  /** Repairs of one finding, best first. Called on demand, never while validating; "fix all" calls it for every finding. */
  fixes?(finding: Finding, scope: FixScope): Fix[];
  /**
   * Guesses that a person must choose from, such as the next free address. May search, so it is called for single
   * findings.
   */
  suggestions?(finding: Finding, scope: FixScope): Fix[];
}
