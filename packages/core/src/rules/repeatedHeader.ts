import { deleteRecord } from '../csv/edits.ts';
import { cellValue } from '../csv/record.ts';
import { columnMeant } from '../mapping/columns.ts';
import { everywhere } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  again: 'Repeated header, for example from two exports in one file. Omnia reads it as a node.',
  other:
    'Repeated header with a different column order. Omnia misreads the rows below it. Give both parts the same column order first.',
  remove: 'Remove the repeated header',
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
  fixes({ message, place: { record } }, { document }) {
    if (record === undefined || message !== messages.again) return [];
    return [{ title: messages.remove, params: {}, edits: [deleteRecord(document, record)], safe: true }];
  },
};
