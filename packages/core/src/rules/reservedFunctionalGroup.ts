import { everywhere } from '../mapping/versions.ts';
import { replaceValue, subject } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  reserved: "'{value}' is reserved. Omnia assigns it to the first control plane row. Enter the role without _first.",
  rename: "Change to '{value}'",
} as const;

/** `service_kube_control_plane_first_*` may be typed but is not meant to be (omnia.md sections 1.4 and 1.7). */
export const reservedFunctionalGroup: Rule = {
  code: 'reserved-functional-group',
  levels: everywhere('warning'),
  messages,
  checkRow(row, scope) {
    const value = row.text.FUNCTIONAL_GROUP_NAME;
    if (!value.startsWith('service_kube_control_plane_first_')) return;
    scope.report(scope.at(row, 'FUNCTIONAL_GROUP_NAME'), messages.reserved, { value });
  },
  fixes(finding, scope) {
    const value = subject(finding, scope)?.value.replace('_first_', '_');
    return value === undefined ? [] : replaceValue(finding, scope, value, messages.rename, true);
  },
};
