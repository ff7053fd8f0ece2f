import { layerOf } from '../mapping/functionalGroups.ts';
import type { MappingRow } from '../mapping/row.ts';
import { levels } from '../mapping/versions.ts';
import { parentSuggestions } from './parentFixes.ts';
import type { Rule, Scope } from './rule.ts';

const messages = {
  needed:
    "The file has Kubernetes nodes, so the compute node '{host}' needs a parent: the SERVICE_TAG of a service_kube_node.",
  choose: "Change to '{value}'",
} as const;

/** Rule 23 of omnia.md section 1.3: with any Kubernetes role, each compute row but `os_*` has a parent. */
export const computeNeedsParent: Rule = {
  code: 'compute-needs-parent',
  levels: levels({ '2.1': 'error', '2.3': 'off' }),
  messages,
  checkRow(row, scope) {
    if (row.text.PARENT_SERVICE_TAG !== '' || !needsParent(row, scope)) return;
    if (scope.layout.cellOf.PARENT_SERVICE_TAG === undefined) return;
    scope.report(scope.at(row, 'PARENT_SERVICE_TAG'), messages.needed, { host: row.text.HOSTNAME });
  },
  suggestions: (finding, scope) => parentSuggestions(finding, scope, messages.choose),
};

/** Whether 2.1 or 2.2 wants a service_kube_node as parent of this row. */
export function needsParent(row: MappingRow, { facts, version }: Scope): boolean {
  const role = row.text.FUNCTIONAL_GROUP_NAME;
  return facts.kubernetes && layerOf(role, version) === 'compute' && !role.startsWith('os_');
}
