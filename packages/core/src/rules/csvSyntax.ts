import { cellValue, type QuoteFaultKind } from '../csv/record.ts';
import { setRawCell } from '../csv/edits.ts';
import { columnAt } from '../mapping/layout.ts';
import { levels } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  unclosed:
    'This quote is never closed. Omnia 2.3 refuses the file; 2.2 reads the rest of the file as part of this cell.',
  textAfter: 'Text after the closing quote. Omnia 2.3 refuses the file; other readers disagree about the value.',
  remove: 'Remove the quotes',
} as const;

const texts: Partial<Record<QuoteFaultKind, string>> = {
  'unclosed-quote': messages.unclosed,
  'text-after-quote': messages.textAfter,
};

/** Stray quotes are a read error for 2.3's strict reader, and read somehow by 2.2 (omnia.md section 1.2). */
export const csvSyntax: Rule = {
  code: 'csv-syntax',
  levels: levels({ '2.1': 'warning', '2.3': 'error' }),
  messages,
  stops: true,
  checkRecord(record, _kind, scope) {
    for (const { kind, cell } of record.faults) {
      const message = texts[kind];
      if (message !== undefined) scope.report({ record, cell, column: columnAt(scope.layout, cell) }, message);
    }
  },
  fixes({ place: { record, cell } }, { document }) {
    const raw = cell === undefined ? undefined : record?.cells[cell];
    if (record === undefined || cell === undefined || raw === undefined) return [];
    const edits = [setRawCell(document, record, cell, cellValue(raw).replaceAll('"', ''))];
    return [{ title: messages.remove, params: {}, edits, safe: false }];
  },
};
