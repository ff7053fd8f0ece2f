import { setCell } from '../csv/edits.ts';
import type { ColumnName } from '../mapping/columns.ts';
import type { MappingRow } from '../mapping/row.ts';
import type { Bucket } from './bucket.ts';
import type { Finding, Fix, FixScope, Params, RelatedPlace, Scope, Template } from './rule.ts';

/** A place in another row, with the words that explain it there. */
export function related(
  scope: Scope,
  row: MappingRow,
  column: ColumnName,
  message: Template,
  params: Params = {},
): RelatedPlace {
  return { place: scope.at(row, column), message, params };
}

/**
 * Reports every row but the first as a duplicate of the first, as Omnia does; each points to the first, and the
 * messages have `{value}` and `{host}` (of the first row).
 */
export function reportDuplicates(
  rows: readonly MappingRow[],
  column: ColumnName,
  scope: Scope,
  message: Template,
  firstMessage: Template,
): void {
  if (rows.length < 2) return;
  const [first, ...rest] = rows;
  if (first === undefined) return;
  for (const row of rest) {
    const params = { value: row.text[column], host: first.text.HOSTNAME };
    scope.report(scope.at(row, column), message, params, [related(scope, first, column, firstMessage, params)]);
  }
}

/**
 * Reports the first row of every spelling but the first, where a bucket holds several spellings of one value; the
 * messages have `{value}` and `{other}` (the first spelling).
 */
export function reportSpellings(
  bucket: Bucket,
  column: ColumnName,
  scope: Scope,
  message: Template,
  firstMessage: Template,
): void {
  if (bucket.size < 2) return;
  const [first, ...others] = bucket.firsts();
  if (first === undefined) return;
  for (const row of others) {
    const params = { value: row.text[column], other: first.text[column] };
    scope.report(scope.at(row, column), message, params, [related(scope, first, column, firstMessage, params)]);
  }
}

/** The row that a finding lies in, and the stripped value of its cell. */
export function subject(
  finding: Finding,
  scope: FixScope,
): { row: MappingRow; column: ColumnName; value: string } | undefined {
  const { record, column } = finding.place;
  const row = record === undefined ? undefined : scope.rowOf(record);
  return row === undefined || column === undefined ? undefined : { row, column, value: row.text[column] };
}

/** A fix that puts `value` into the cell of the finding. */
export function replaceValue(finding: Finding, scope: FixScope, value: string, title: Template, safe: boolean): Fix[] {
  const { record, cell } = finding.place;
  if (record === undefined || cell === undefined) return [];
  return [{ title, params: { value }, edits: [setCell(scope.document, record, cell, value)], safe }];
}

/** Edit distance of two short texts, for "did you mean". */
export function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The candidates nearest to `text`, nearest first, none further than a third of its length. */
export function nearest(text: string, candidates: Iterable<string>, limit = 3): string[] {
  const wanted = text.toLowerCase();
  return [...candidates]
    .map((candidate) => ({ candidate, far: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ far }) => far <= Math.max(2, Math.floor(text.length / 3)))
    .sort((a, b) => a.far - b.far)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}
