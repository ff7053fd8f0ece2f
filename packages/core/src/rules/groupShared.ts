import { groupIdentity } from '../mapping/functionalGroups.ts';
import { everywhere, traitsOf } from '../mapping/versions.ts';
import type { Bucket } from './bucket.ts';
import { nextGroupName } from '../mapping/groupNames.ts';
import { related, replaceValue, subject } from './helpers.ts';
import type { Rule, Scope } from './rule.ts';

const messages = {
  shared: '{group} already belongs to {first}. A group has exactly one functional group, but this row has {value}.',
  first: '{group} is used for {first} here.',
  move: 'Use the next free group {value} for this row',
} as const;

/** Rule 21 of omnia.md section 1.3; 2.3 allows service_kube_node with slurm_node (section 1.6). */
export const groupShared: Rule = {
  code: 'group-shared',
  levels: everywhere('error'),
  messages,
  grouping: {
    judgesSingles: false,
    place(row, { add }) {
      const { GROUP_NAME: group, FUNCTIONAL_GROUP_NAME: role } = row.text;
      if (group !== '' && role !== '') add(group, role);
    },
  },
  checkBucket(bucket, scope) {
    if (bucket.size < 2 || isAllowedMix(bucket, scope)) return;
    const [first, ...others] = bucket.firsts();
    if (first === undefined) return;
    for (const row of others) {
      const params = {
        group: bucket.key,
        first: first.text.FUNCTIONAL_GROUP_NAME,
        value: row.text.FUNCTIONAL_GROUP_NAME,
      };
      scope.report(scope.at(row, 'GROUP_NAME'), messages.shared, params, [
        related(scope, first, 'GROUP_NAME', messages.first, params),
      ]);
    }
  },
  suggestions(finding, scope) {
    if (subject(finding, scope) === undefined) return [];
    const free = nextGroupName((name) => scope.find('GROUP_NAME', name).length > 0);
    return free === undefined ? [] : replaceValue(finding, scope, free, messages.move, false);
  },
};

function isAllowedMix(bucket: Bucket, { version }: Scope): boolean {
  if (!traitsOf(version).catalogRoles) return false;
  const roles = new Set(bucket.values().map((name) => groupIdentity(name)?.role));
  return roles.size === 2 && roles.has('service_kube_node') && roles.has('slurm_node');
}
