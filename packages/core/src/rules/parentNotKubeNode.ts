import { cellValue } from '../csv/record.ts';
import { hasExactHeader } from '../mapping/layout.ts';
import type { MappingRow } from '../mapping/row.ts';
import { levels } from '../mapping/versions.ts';
import { byParent } from './groupings.ts';
import { related } from './helpers.ts';
import { parentSpelling, parentSuggestions } from './parentFixes.ts';
import type { Rule, Scope } from './rule.ts';

const messages = {
  unknown: "No row has the SERVICE_TAG '{value}'. The parent of a compute node must be a service_kube_node.",
  otherRole: "'{value}' is a {role}. The parent of a compute node must be a service_kube_node.",
  header: 'Omnia reads the tags of the parents only from a column spelled exactly SERVICE_TAG, so it finds none.',
  blanks: "Omnia reads the parent's SERVICE_TAG with the spaces around it, so '{value}' does not match it.",
  parent: "'{value}' is the tag of this row.",
  choose: "Change to '{value}'",
} as const;

/**
 * Rule 24 of omnia.md section 1.3. The comparison is case sensitive; Omnia strips the parent's cell but not the
 * SERVICE_TAG that it is compared with, and reads that column only by its exact spelling.
 */
export const parentNotKubeNode: Rule = {
  code: 'parent-not-kube-node',
  levels: levels({ '2.1': 'error', '2.3': 'off' }),
  messages,
  grouping: byParent,
  checkBucket(bucket, scope) {
    const children = bucket.rows('compute');
    if (children.length === 0 || !scope.facts.kubernetes) return;
    const owners = scope.find('SERVICE_TAG', bucket.key);
    const parents = owners.filter((row) => row.text.FUNCTIONAL_GROUP_NAME.includes('kube_node'));
    if (parents.some((row) => isReadable(row, scope))) return;
    const owner = parents[0] ?? owners[0];
    const value = bucket.key;
    const message = explain(owner, parents.length > 0, scope);
    const params = { value, role: owner?.text.FUNCTIONAL_GROUP_NAME ?? '' };
    const places = owner === undefined ? [] : [related(scope, owner, 'SERVICE_TAG', messages.parent, params)];
    for (const row of children) scope.report(scope.at(row, 'PARENT_SERVICE_TAG'), message, params, places);
  },
  fixes: (finding, scope) => parentSpelling(finding, scope, messages.choose),
  suggestions: (finding, scope) => parentSuggestions(finding, scope, messages.choose),
};

/** Whether Omnia finds the tag of a service_kube_node: right header, no blanks around the value. */
function isReadable(row: MappingRow, { layout }: Scope): boolean {
  const raw = row.record.cells[layout.cellOf.SERVICE_TAG ?? -1] ?? '';
  return hasExactHeader(layout, 'SERVICE_TAG') && cellValue(raw) === row.text.SERVICE_TAG;
}

function explain(owner: MappingRow | undefined, isKubeNode: boolean, { layout }: Scope): string {
  if (owner === undefined) return messages.unknown;
  if (!isKubeNode) return messages.otherRole;
  return hasExactHeader(layout, 'SERVICE_TAG') ? messages.blanks : messages.header;
}
