import { deleteRecord } from '../csv/edits.ts';
import type { CsvRecord } from '../csv/record.ts';
import { levels, traitsOf } from '../mapping/versions.ts';
import type { Rule, Scope } from './rule.ts';

const messages = {
  refused: 'Omnia {version} refuses comment lines; from 2.3 the validator skips them.',
  header: 'The validator skips this comment, but the group generator takes it for the header and drops every row.',
  row: 'The validator skips this comment, but it has as many cells as a row: the group generator reads it as a node.',
  remove: 'Remove the comment line',
} as const;

/**
 * Rule 13 of omnia.md section 1.3: no line whose first visible character is `#`. The validator of 2.3 skips comments,
 * its generate_functional_groups.py does not know them.
 */
export const commentLine: Rule = {
  code: 'comment-line',
  levels: levels({ '2.1': 'error', '2.3': 'warning' }),
  messages,
  checkRecord(record, kind, scope) {
    const message = traitsOf(scope.version).readsComments
      ? kind === 'comment'
        ? laterFault(record, scope)
        : undefined
      : classicFault(record, kind === 'comment', scope);
    if (message === undefined) return;
    scope.report({ record, cell: undefined, column: undefined }, message, { version: scope.version });
  },
  fixes({ place: { record } }, { document }) {
    if (record?.lineCount !== 1) return [];
    return [{ title: messages.remove, params: {}, edits: [deleteRecord(document, record)], safe: false }];
  },
};

function classicFault(record: CsvRecord, isComment: boolean, { layout }: Scope): string | undefined {
  // A comment above the header is worse: Omnia takes it for the header, which missing-column says.
  if (isComment) return record.order > (layout.header?.order ?? Infinity) ? messages.refused : undefined;
  const hasCommentInside = record.lineCount > 1 && record.cells.some((cell) => /[\r\n][^\S\r\n]*#/.test(cell));
  return hasCommentInside ? messages.refused : undefined;
}

function laterFault(record: CsvRecord, { layout }: Scope): string | undefined {
  if (layout.header === undefined) return undefined;
  if (record.order < layout.header.order) return messages.header;
  return record.cells.length === layout.cells.length ? messages.row : undefined;
}
