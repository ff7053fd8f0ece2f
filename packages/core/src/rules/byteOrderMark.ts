import { levels } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  mark: 'The file begins with a byte order mark. The validator removes it, but the group generator reads it as part of the first column name and fails.',
  save: 'Save without byte order mark',
} as const;

/** 2.1 and 2.2 miss the first column then (missing-column); the validator of 2.3 alone copes with the mark. */
export const byteOrderMark: Rule = {
  code: 'byte-order-mark',
  levels: levels({ '2.3': 'warning' }),
  messages,
  checkFile(scope) {
    if (!scope.document.bom) return;
    scope.report({ record: scope.layout.header, cell: 0, column: undefined }, messages.mark);
  },
  fixes: () => [{ title: messages.save, params: {}, edits: [], safe: true, reencode: true }],
};
