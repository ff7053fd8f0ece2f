import { columnAt } from '../mapping/layout.ts';
import { everywhere } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  cell: 'This cell has bytes that are not UTF-8. Omnia reads the file as UTF-8 and stops here.',
  encoding: 'This file is open as {encoding}. Omnia reads it as UTF-8 and stops.',
  save: 'Save as UTF-8',
} as const;

const replacementCharacter = '\ufffd';

/** Every Omnia opens the file as UTF-8; other bytes end as a reported decode error (omnia.md section 1.2). */
export const notUtf8: Rule = {
  code: 'not-utf8',
  levels: everywhere('error'),
  ofAnyTable: true,
  messages,
  stops: 'file',
  checkFile(scope) {
    if (scope.encoding.kind !== 'other') return;
    const place = { record: undefined, cell: undefined, column: undefined };
    scope.report(place, messages.encoding, { encoding: scope.encoding.name });
  },
  checkRecord(record, _kind, scope) {
    if (scope.encoding.kind === 'utf8') return;
    for (const [cell, raw] of record.cells.entries()) {
      if (raw.includes(replacementCharacter)) {
        scope.report({ record, cell, column: columnAt(scope.layout, cell) }, messages.cell);
      }
    }
  },
  fixes(_finding, scope) {
    if (scope.encoding.kind !== 'other') return [];
    return [{ title: messages.save, params: {}, edits: [], safe: false, reencode: true }];
  },
};
