import { deleteRecord } from '../csv/edits.ts';
import { hasSameOrder } from '../mapping/headerSight.ts';
import { everywhere } from '../mapping/versions.ts';
import { joinedTo } from './furtherExports.ts';
import type { Rule } from './rule.ts';

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
    const message = hasSameOrder(record, scope.layout) ? messages.again : messages.other;
    scope.report({ record, cell: undefined, column: undefined }, message);
  },
  fixes({ message, place: { record } }, scope) {
    const { document } = scope;
    if (record === undefined) return [];
    if (message !== messages.other) {
      return [{ title: messages.remove, params: {}, edits: [deleteRecord(document, record)], safe: true }];
    }
    const { header } = scope.layout;
    const edits = header === undefined ? [] : joinedTo(header, record, document);
    return edits.length === 0 ? [] : [{ title: messages.reorder, params: {}, edits, safe: false }];
  },
};
