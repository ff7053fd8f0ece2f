import { replaceRecord } from '../csv/edits.ts';
import { canonicalHeader } from '../mapping/columns.ts';
import { levels } from '../mapping/versions.ts';
import type { Rule, Scope } from './rule.ts';

const messages = {
  order:
    'The columns are not in the usual order. This version reads them by name, but 2.3 requires the exact order, and its restart stage reads by position.',
  reorder: 'Put the columns in the usual order',
} as const;

/** Order is free in 2.1 and 2.2 only (omnia.md sections 1.2 and 1.7). */
export const columnOrder: Rule = {
  code: 'column-order',
  levels: levels({ '2.1': 'info', '2.2': 'warning', '2.3': 'off' }),
  messages,
  checkFile(scope) {
    if (scope.layout.kind !== 'mapping') return;
    const order = cellOrder(scope);
    // Of doubled headers the last one counts, wherever it stands: duplicate-column comes first.
    if (scope.layout.cells.some(({ column }, cell) => column !== undefined && scope.layout.cellOf[column] !== cell))
      return;
    if (order.every((cell, index) => index === 0 || cell > (order[index - 1] ?? -1))) return;
    scope.report({ record: scope.layout.header, cell: undefined, column: undefined }, messages.order);
  },
  fixes(_finding, scope) {
    const { document, layout } = scope;
    const known = cellOrder(scope);
    const order = [...known, ...[...layout.cells.keys()].filter((cell) => !known.includes(cell))];
    const complete = document.records.filter((record) => record === layout.header || scope.rowOf(record) !== undefined);
    if (complete.some((record) => record.cells.length !== layout.cells.length)) return [];
    const edits = complete.map((record) =>
      replaceRecord(
        document,
        record,
        order.map((cell) => record.cells[cell] ?? ''),
      ),
    );
    return [{ title: messages.reorder, params: {}, edits, safe: true }];
  },
};

/** Cells of the known columns, in the usual order of the columns. */
function cellOrder({ layout }: Scope): number[] {
  return canonicalHeader.flatMap((column) => layout.cellOf[column] ?? []);
}
