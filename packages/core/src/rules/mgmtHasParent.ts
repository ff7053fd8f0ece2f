import { layerOf } from '../mapping/functionalGroups.ts';
import { levels } from '../mapping/versions.ts';
import { replaceValue } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  parent: "'{role}' is a management role and cannot have a parent. Remove '{value}'.",
  clear: 'Empty PARENT_SERVICE_TAG',
} as const;

/** Rule 22 of omnia.md section 1.3; the parent check is gone in 2.3 (section 1.6). */
export const mgmtHasParent: Rule = {
  code: 'mgmt-has-parent',
  levels: levels({ '2.1': 'error', '2.3': 'off' }),
  messages,
  checkRow(row, scope) {
    const { FUNCTIONAL_GROUP_NAME: role, PARENT_SERVICE_TAG: value } = row.text;
    if (value === '' || layerOf(role, scope.version) !== 'management') return;
    scope.report(scope.at(row, 'PARENT_SERVICE_TAG'), messages.parent, { role, value });
  },
  fixes: (finding, scope) => replaceValue(finding, scope, '', messages.clear, true),
};
