import { deleteRecord, replaceRecord } from '../csv/edits.ts';
import { cellValue, type CsvRecord } from '../csv/record.ts';
import { columnMeant } from '../mapping/columns.ts';
import { minNames, namesIn } from '../mapping/headerSight.ts';
import { everywhere } from '../mapping/versions.ts';
import type { Fix, FixScope, Rule } from './rule.ts';

const messages = {
  again: 'Repeated header, for example from two exports in one file. Omnia reads it as a node.',
  other:
    'Repeated header with a different column order. Omnia misreads the rows below it. Give both parts the same column order first.',
  remove: 'Remove the repeated header',
  reorder: 'Give the rows below the column order of the first header',
} as const;

/** No validator knows of it: the names are refused one by one as values of a row (omnia.md section 1.3). */
export const repeatedHeader: Rule = {
  code: 'repeated-header',
  levels: everywhere('error'),
  messages,
  checkRecord(record, kind, scope) {
    if (kind !== 'header-again') return;
    const { columns, cells } = scope.layout;
    const isSame =
      record.cells.length === cells.length &&
      columns.every(({ column, cell }) => columnMeant(cellValue(record.cells[cell] ?? '')) === column);
    scope.report({ record, cell: undefined, column: undefined }, isSame ? messages.again : messages.other);
  },
  fixes({ message, place: { record } }, scope) {
    const { document } = scope;
    if (record === undefined) return [];
    if (message === messages.other) return reordered(record, scope);
    return [{ title: messages.remove, params: {}, edits: [deleteRecord(document, record)], safe: true }];
  },
};

/** Without the header, and the rows below it as the first header has them; only where each column has one place. */
function reordered(header: CsvRecord, scope: FixScope): Fix[] {
  const { document, layout } = scope;
  const places = new Map([...namesIn(header)].map(([cell, column]) => [column, cell]));
  const order = layout.cells.map(({ column }) => (column === undefined ? undefined : places.get(column)));
  if (header.cells.length !== order.length || order.includes(undefined)) return [];
  const below = document.records.slice(document.indexOf(header) + 1);
  const next = below.findIndex((record) => namesIn(record).size >= minNames);
  const rows = below
    .slice(0, next === -1 ? undefined : next)
    .filter((record) => scope.rowOf(record) !== undefined && record.cells.length === order.length);
  const edits = rows.map((row) =>
    replaceRecord(
      document,
      row,
      order.map((cell) => row.cells[cell ?? -1] ?? ''),
    ),
  );
  return [{ title: messages.reorder, params: {}, edits: [deleteRecord(document, header), ...edits], safe: false }];
}
