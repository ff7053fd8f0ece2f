import type { ColumnName } from '@omnia-buildstream/core/mapping/columns';
import type { OmniaVersion, Severity } from '@omnia-buildstream/core/mapping/versions';

/** A place in a file: lines and columns from 1, in UTF-16 code units; the end is not included. */
export interface ReportedPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ReportedRelation extends ReportedPlace {
  readonly message: string;
}

export interface ReportedFinding extends ReportedPlace {
  readonly code: string;
  readonly severity: Severity;
  /** Undefined when the finding concerns no column, or one that Omnia does not know. */
  readonly columnName: ColumnName | undefined;
  readonly message: string;
  readonly related: readonly ReportedRelation[];
  /** What the finding is about, independent of its line: the node's hostname or tag. Empty outside rows. */
  readonly subject: string;
}

export interface FileReport {
  /** As given; `-` is standard input. */
  readonly path: string;
  /** The version whose rules were applied. */
  readonly omnia: OmniaVersion;
  /** The version was not given but guessed. */
  readonly detected: boolean;
  /** In file order. */
  readonly findings: readonly ReportedFinding[];
}

/** Writes reports as pieces of text; the caller joins them into larger ones. */
export type Writer = (reports: readonly FileReport[], options: WriterOptions) => Iterable<string>;

export interface WriterOptions {
  readonly color: boolean;
  readonly quiet: boolean;
  /** For paths in formats that want them relative to the project. */
  readonly cwd: string;
}

/** Errors or warnings. */
export function hasWarnings({ findings }: FileReport): boolean {
  return findings.some(({ severity }) => severity === 'error' || severity === 'warning');
}

export function hasErrors({ findings }: FileReport): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
