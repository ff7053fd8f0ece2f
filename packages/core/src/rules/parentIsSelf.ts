import { everywhere } from '../mapping/versions.ts';
import { replaceValue } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  self: 'The node names itself as its parent.',
  clear: 'Empty PARENT_SERVICE_TAG',
} as const;

/** A node may name itself where Omnia does not check parents (omnia.md section 1.7). */
export const parentIsSelf: Rule = {
  code: 'parent-is-self',
  levels: everywhere('warning'),
  messages,
  checkRow(row, scope) {
    const { SERVICE_TAG: tag, PARENT_SERVICE_TAG: parent } = row.text;
    if (tag !== '' && tag === parent) scope.report(scope.at(row, 'PARENT_SERVICE_TAG'), messages.self);
  },
  fixes: (finding, scope) => replaceValue(finding, scope, '', messages.clear, false),
};
