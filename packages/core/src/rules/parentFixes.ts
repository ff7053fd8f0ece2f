import { layerOf } from '../mapping/functionalGroups.ts';
import { traitsOf } from '../mapping/versions.ts';
import { isTag } from './badServiceTag.ts';
import { replaceValue, subject } from './helpers.ts';
import { byOrder } from './rowOrder.ts';
import type { Finding, Fix, FixScope } from './rule.ts';
import type { Template } from '../text/message.ts';

/** More would not fit a menu. */
const offeredParents = 8;

/** Repairs a parent tag that differs from the only possible one by case. */
export function parentSpelling(finding: Finding, scope: FixScope, title: Template): Fix[] {
  const value = subject(finding, scope)?.value;
  const [tag, ...more] =
    value === undefined ? [] : kubeNodeTags(scope).filter((tag) => tag.toUpperCase() === value.toUpperCase());
  // Where they are the same, blanks around the tag of the worker are what is wrong.
  return tag === undefined || tag === value || more.length > 0 ? [] : replaceValue(finding, scope, tag, title, true);
}

/** Offers the tags of the service_kube_node rows, those that the group's other rows use first. */
export function parentSuggestions(finding: Finding, scope: FixScope, title: Template): Fix[] {
  const found = subject(finding, scope);
  if (found === undefined) return [];
  const rows = scope.find('GROUP_NAME', found.row.text.GROUP_NAME);
  // A group has one parent, and that of such a row is none: here the group is what is wrong.
  const isManaged = rows.some(({ text }) => layerOf(text.FUNCTIONAL_GROUP_NAME, scope.version) === 'management');
  if (isManaged && traitsOf(scope.version).judgesParents) return [];
  const parents = kubeNodeTags(scope).filter((tag) => tag.toUpperCase() !== found.value.toUpperCase());
  const group = new Set(rows.map((row) => row.text.PARENT_SERVICE_TAG));
  return [...parents.filter((tag) => group.has(tag)), ...parents.filter((tag) => !group.has(tag))]
    .slice(0, offeredParents)
    .flatMap((tag) => replaceValue(finding, scope, tag, title, false));
}

/** SERVICE_TAGs of the rows that may be a parent, in file order; a wrong one is not passed on. */
export function kubeNodeTags(scope: FixScope): string[] {
  const rows = [...scope.index('FUNCTIONAL_GROUP_NAME')].flatMap(([role, members]) =>
    role.includes('kube_node') ? members : [],
  );
  return [...new Set(rows.sort(byOrder).map((row) => row.text.SERVICE_TAG))].filter((tag) => isTag(tag, scope.version));
}
