import { cellValue } from '../csv/record.ts';
import { columnAt } from '../mapping/layout.ts';
import { everywhere } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  long: 'This cell has {count} characters. Omnia reads at most {most} characters in a cell, and stops here.',
} as const;

/** `csv.field_size_limit` of Python, which no Omnia changes (omnia.md section 1.2). */
const most = 131_072;

/** Every Omnia reads with Python's csv module. */
export const cellTooLong: Rule = {
  code: 'cell-too-long',
  levels: everywhere('error'),
  messages,
  stops: 'file',
  checkRecord(record, _kind, scope) {
    for (const [cell, raw] of record.cells.entries()) {
      if (raw.length <= most) continue;
      const count = Array.from(cellValue(raw)).length;
      if (count > most)
        scope.report({ record, cell, column: columnAt(scope.layout, cell) }, messages.long, { count, most });
    }
  },
};
