import { setCell } from '../csv/edits.ts';
import type { ColumnName } from '../mapping/columns.ts';
import type { MappingRow, RowText } from '../mapping/row.ts';
import type { Bucket } from './bucket.ts';
import type { Finding, Fix, FixScope, RelatedPlace, Scope } from './rule.ts';
import type { Params, Template } from '../text/message.ts';

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

/** Whether a row as it would be has the role and the parent that the other rows of its group have. */
export function fitsGroup(scope: FixScope, row: MappingRow, changed: RowText): boolean {
  const others = scope.find('GROUP_NAME', changed.GROUP_NAME).filter((other) => other !== row);
  return others.every(
    ({ text }) =>
      text.FUNCTIONAL_GROUP_NAME === changed.FUNCTIONAL_GROUP_NAME &&
      text.PARENT_SERVICE_TAG === changed.PARENT_SERVICE_TAG,
  );
}
