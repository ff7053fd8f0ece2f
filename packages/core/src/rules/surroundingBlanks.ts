import { trimCell } from '../csv/edits.ts';
import { cellValue } from '../csv/record.ts';
import { columnAt } from '../mapping/layout.ts';
import { mayHaveTabbedCells } from '../mapping/tabbedRow.ts';
import { everywhere } from '../mapping/versions.ts';
import { strip } from '../text/pythonText.ts';
import type { Rule } from './rule.ts';

const messages = {
  blanks:
    'There are spaces around the value. The validator ignores them, but later stages read them as part of the value.',
  trim: 'Remove the spaces',
} as const;

/** Trimmed for most checks, kept by the readers after the validator (omnia.md sections 1.2 and 1.7). */
export const surroundingBlanks: Rule = {
  code: 'surrounding-blanks',
  levels: everywhere('warning'),
  messages,
  checkRecord(record, kind, scope) {
    if (kind !== 'row') return;
    for (let cell = 0; cell < record.cells.length; cell++) {
      const raw = record.cells[cell] ?? '';
      if (raw.charCodeAt(0) > 0x22 && raw.charCodeAt(raw.length - 1) > 0x20 && raw.charCodeAt(raw.length - 1) < 0x7f)
        continue;
      const value = cellValue(raw);
      const stripped = strip(value);
      if (stripped === value || stripped === '') continue;
      scope.report({ record, cell, column: columnAt(scope.layout, cell) }, messages.blanks);
    }
  },
  fixes({ place: { record, cell } }, { document, layout }) {
    const raw = cell === undefined ? undefined : record?.cells[cell];
    if (record === undefined || cell === undefined || raw === undefined) return [];
    if (mayHaveTabbedCells(record, document.delimiter, layout)) return [];
    // Without the blank before it a quote would open.
    if (!raw.startsWith('"') && strip(raw).startsWith('"')) return [];
    return [{ title: messages.trim, params: {}, edits: [trimCell(document, record, cell)], safe: true }];
  },
};
