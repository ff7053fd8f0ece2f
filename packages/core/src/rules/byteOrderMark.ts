import { levels, traitsOf } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  mark: 'The file begins with a byte order mark. The validator removes it, but the group generator reads it as part of the first column name and fails.',
  hidden:
    'The file begins with a byte order mark. Omnia {version} reads it as part of the first column name, so it does not find {column}.',
  save: 'Save without byte order mark',
} as const;

/** 2.1 and 2.2 miss the first column then (a required one: missing-column); the validator of 2.3 alone copes with the mark. */
export const byteOrderMark: Rule = {
  code: 'byte-order-mark',
  levels: levels({ '2.2': 'warning' }),
  messages,
  checkFile(scope) {
    const { document, layout, version } = scope;
    if (!document.bom) return;
    const place = { record: layout.header, cell: 0, column: undefined };
    if (traitsOf(version).readsComments) scope.report(place, messages.mark);
    else if (layout.hiddenColumn !== undefined) {
      scope.report(place, messages.hidden, { version, column: layout.hiddenColumn });
    }
  },
  fixes: () => [{ title: messages.save, params: {}, edits: [], safe: true, reencode: true }],
};
