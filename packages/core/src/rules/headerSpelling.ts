import { columnAt, hasExactHeader } from '../mapping/layout.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { levels } from '../mapping/versions.ts';
import { setHeaderName } from './headerFixes.ts';
import type { Rule } from './rule.ts';

const messages = {
  restart: 'The validator accepts this spelling, but the restart stage reads the column only as {column}.',
  generator:
    'The validator accepts this spelling, but the group generator reads the column only as {column}: it fails, or loses every parent.',
  spelling: 'Omnia 2.2 accepts this spelling; 2.3 requires exactly {column}.',
  rename: "Change to '{column}'",
} as const;

/** Read by exact name in the restart stage of 2.2 (omnia.md section 1.2, other readers). */
const readByRestart: readonly ColumnName[] = ['BMC_IP', 'ADMIN_IP', 'HOSTNAME', 'SERVICE_TAG'];

/** Read by exact name by the group generator of 2.2: without the first it fails, without the second parents are lost. */
const readByGenerator: readonly ColumnName[] = ['GROUP_NAME', 'PARENT_SERVICE_TAG'];

/** Header case and padding, ignored by the validators of 2.1 and 2.2 only (omnia.md section 1.7). */
export const headerSpelling: Rule = {
  code: 'header-spelling',
  levels: levels({ '2.1': 'warning', '2.3': 'off' }),
  messages,
  checkFile(scope) {
    const { layout } = scope;
    for (const cell of layout.cells.keys()) {
      const column = columnAt(layout, cell);
      if (column === undefined || column === 'FUNCTIONAL_GROUP_NAME' || hasExactHeader(layout, column)) continue;
      scope.report({ record: layout.header, cell, column }, messageFor(column), { column });
    }
  },
  fixes({ place: { cell, column } }, scope) {
    if (cell === undefined || column === undefined) return [];
    return [{ title: messages.rename, params: { column }, edits: setHeaderName(scope, cell, column), safe: true }];
  },
};

function messageFor(column: ColumnName): string {
  if (readByRestart.includes(column)) return messages.restart;
  return readByGenerator.includes(column) ? messages.generator : messages.spelling;
}
