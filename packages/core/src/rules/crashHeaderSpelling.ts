import { levels } from '../mapping/versions.ts';
import { setHeaderName } from './headerFixes.ts';
import type { Rule } from './rule.ts';

const messages = {
  crash:
    'Omnia {version} fails with an unhandled Python error unless this header is written exactly FUNCTIONAL_GROUP_NAME.',
  rename: "Change to 'FUNCTIONAL_GROUP_NAME'",
} as const;

/** The parent check reads this column by its exact spelling (omnia.md section 1.2, header case). */
export const crashHeaderSpelling: Rule = {
  code: 'crash-header-spelling',
  levels: levels({ '2.1': 'error', '2.3': 'off' }),
  messages,
  checkFile(scope) {
    const { layout } = scope;
    const cell = layout.cellOf.FUNCTIONAL_GROUP_NAME;
    if (cell === undefined || scope.rowCount === 0) return;
    // A byte order mark spoils the first header; if that is the only one, missing-column says so.
    const isReadable = (index: number): boolean => index > 0 || cell === 0 || !scope.document.bom;
    if (layout.cells.some(({ name }, index) => name === 'FUNCTIONAL_GROUP_NAME' && isReadable(index))) return;
    const place = { record: layout.header, cell, column: 'FUNCTIONAL_GROUP_NAME' } as const;
    scope.report(place, messages.crash, { version: scope.version });
  },
  fixes({ place: { cell } }, scope) {
    if (cell === undefined) return [];
    return [
      { title: messages.rename, params: {}, edits: setHeaderName(scope, cell, 'FUNCTIONAL_GROUP_NAME'), safe: true },
    ];
  },
};
