import { levels } from '../mapping/versions.ts';
import { removeColumn } from './removeColumn.ts';
import type { Rule } from './rule.ts';

const messages = {
  hidden: 'Duplicate column {column} in the header. Omnia reads the last one and ignores this one.',
  last: 'This {column} is the one that Omnia reads.',
  remove: 'Remove this {column}, which Omnia ignores',
} as const;

/** Of doubled headers the last wins silently (omnia.md section 1.2). */
export const duplicateColumn: Rule = {
  code: 'duplicate-column',
  levels: levels({ '2.1': 'warning', '2.3': 'off' }),
  messages,
  checkFile(scope) {
    const { layout } = scope;
    for (const [cell, { column }] of layout.cells.entries()) {
      if (column === undefined || layout.cellOf[column] === cell) continue;
      const last = { record: layout.header, cell: layout.cellOf[column], column };
      scope.report({ record: layout.header, cell, column }, messages.hidden, { column }, [
        { place: last, message: messages.last, params: { column } },
      ]);
    }
  },
  fixes({ place: { cell, column } }, scope) {
    const edits = cell === undefined ? [] : removeColumn(scope, cell);
    return edits.length === 0 ? [] : [{ title: messages.remove, params: { column: column ?? '' }, edits, safe: false }];
  },
};
