import { deleteRecord } from '../csv/edits.ts';
import { levels } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  comment: 'Omnia {version} refuses comment lines; from 2.3 they are skipped.',
  remove: 'Remove the comment line',
} as const;

/** Rule 13 of omnia.md section 1.3: no line whose first visible character is `#`. */
export const commentLine: Rule = {
  code: 'comment-line',
  levels: levels('error', 'error', 'off', 'off', 'off'),
  messages,
  checkRecord(record, kind, scope) {
    // A comment above the header is worse: Omnia takes it for the header, which missing-column says.
    const header = scope.layout.header;
    const isBelowHeader = header !== undefined && record.order > header.order;
    const hasCommentInside = record.lineCount > 1 && record.cells.some((cell) => /[\r\n]\s*#/.test(cell));
    if ((kind === 'comment' && isBelowHeader) || hasCommentInside) {
      scope.report({ record, cell: undefined, column: undefined }, messages.comment, { version: scope.version });
    }
  },
  fixes({ place: { record } }, { document }) {
    if (record?.lineCount !== 1) return [];
    return [{ title: messages.remove, params: {}, edits: [deleteRecord(document, record)], safe: false }];
  },
};
