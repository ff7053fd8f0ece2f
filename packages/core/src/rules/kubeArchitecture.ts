import { groupIdentity } from '../mapping/functionalGroups.ts';
import { levels } from '../mapping/versions.ts';
import { replaceValue, subject } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  other: "Omnia documents only x86_64 for Kubernetes nodes, not '{value}'.",
  change: "Change to '{value}'",
} as const;

/** Documented; 2.1 and 2.2 know no such role (omnia.md section 1.7). */
export const kubeArchitecture: Rule = {
  code: 'kube-architecture',
  levels: levels({ '2.3': 'warning' }),
  messages,
  checkRow(row, scope) {
    const value = row.text.FUNCTIONAL_GROUP_NAME;
    if (!value.startsWith('service_kube_') || groupIdentity(value)?.architecture !== 'aarch64') return;
    scope.report(scope.at(row, 'FUNCTIONAL_GROUP_NAME'), messages.other, { value });
  },
  fixes(finding, scope) {
    const value = subject(finding, scope)?.value ?? '';
    return replaceValue(finding, scope, value.replace(/aarch64$/, 'x86_64'), messages.change, false);
  },
};
