import { setRawCell } from '../csv/edits.ts';
import { cellValue } from '../csv/record.ts';
import { columnAt } from '../mapping/layout.ts';
import { everywhere } from '../mapping/versions.ts';
import { isQuotedRow } from './quotedRow.ts';
import type { Rule } from './rule.ts';

const messages = {
  comma:
    'The value has a quoted comma. The group generator silently drops the whole row, and the restart stage of 2.3 splits the value at the comma.',
  quoted:
    'The value is in quotes. The validator removes them, but the restart stage of 2.3 reads them as part of the value.',
  bare: 'The value has a quote inside, which CSV readers interpret differently.',
  remove: 'Remove the quotes',
} as const;

/** Readers besides the validator ignore CSV quoting (omnia.md sections 1.2 and 1.7). */
export const quotes: Rule = {
  code: 'quotes',
  levels: everywhere('warning'),
  messages,
  checkRecord(record, kind, scope) {
    if ((kind !== 'row' && kind !== 'header') || isQuotedRow(record, scope.layout)) return;
    for (let cell = 0; cell < record.cells.length; cell++) {
      const raw = record.cells[cell] ?? '';
      if (!raw.includes('"')) continue;
      if (record.faults.some((fault) => fault.cell === cell && fault.kind !== 'bare-quote')) continue;
      const message = !raw.startsWith('"') ? messages.bare : raw.includes(',') ? messages.comma : messages.quoted;
      scope.report({ record, cell, column: columnAt(scope.layout, cell) }, message);
    }
  },
  fixes({ place: { record, cell }, message }, { document }) {
    const raw = cell === undefined ? undefined : record?.cells[cell];
    if (record === undefined || cell === undefined || raw === undefined || message !== messages.quoted) return [];
    const value = cellValue(raw);
    if (/["\r\n]/.test(value) || value.includes(document.delimiter)) return [];
    return [{ title: messages.remove, params: {}, edits: [setRawCell(document, record, cell, value)], safe: true }];
  },
};
