import { groupIdentity } from '../mapping/functionalGroups.ts';
import { everywhere } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  even: 'There are {count} control planes. An even number tolerates no more failures than one control plane less. Use 3 or 5.',
} as const;

/** etcd keeps its quorum with an odd number of members; no version counts them (omnia.md section 1.7). */
export const evenControlPlanes: Rule = {
  code: 'even-control-planes',
  levels: everywhere('hint'),
  messages,
  grouping: {
    judgesSingles: false,
    place(row, { add }) {
      const role = groupIdentity(row.text.FUNCTIONAL_GROUP_NAME)?.role ?? '';
      if (role.startsWith('service_kube_control_plane')) add('control-planes', '');
    },
  },
  checkBucket(bucket, scope) {
    const planes = bucket.all();
    const last = planes.at(-1);
    if (last === undefined || planes.length % 2 === 1) return;
    scope.report(scope.at(last, 'FUNCTIONAL_GROUP_NAME'), messages.even, { count: planes.length });
  },
};
