import { deleteRecord } from '../csv/edits.ts';
import { isBlank, isEmptyLine, type CsvRecord } from '../csv/record.ts';
import { levels } from '../mapping/versions.ts';
import type { Rule, Scope } from './rule.ts';

const messages = {
  header:
    'The validator skips this line above the header, but the restart stage reads it as the header, finds no BMC_IP, and stops before it boots a node.',
  blanks:
    'The validator skips this line of spaces, but the restart stage reads it as a row without BMC_IP and stops before it boots a node.',
  row: 'The validator skips this row without values, but the restart stage reads it, finds no BMC_IP, and stops before it boots a node.',
  remove: 'Remove the line',
} as const;

/** Of 2.3 only the validator passes over what has no visible character (omnia.md section 4.1). */
export const blankLine: Rule = {
  code: 'blank-line',
  levels: levels({ '2.3': 'warning' }),
  messages,
  checkRecord(record, kind, scope) {
    if (kind !== 'blank' || scope.layout.header === undefined) return;
    const message = faultOf(record, scope);
    if (message !== undefined) scope.report({ record, cell: undefined, column: undefined }, message);
  },
  fixes({ place: { record } }, { document }) {
    if (record?.lineCount !== 1) return [];
    return [{ title: messages.remove, params: {}, edits: [deleteRecord(document, record)], safe: true }];
  },
};

function faultOf(record: CsvRecord, { layout }: Scope): string | undefined {
  if (record.order < (layout.header?.order ?? 0)) return messages.header;
  if (!isBlank(record)) return messages.row;
  return isEmptyLine(record) ? undefined : messages.blanks;
}
