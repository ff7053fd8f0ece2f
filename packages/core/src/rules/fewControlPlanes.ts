import { everywhere } from '../mapping/versions.ts';
import { byKubeRole } from './groupings.ts';
import type { Rule } from './rule.ts';

const messages = {
  few: 'Kubernetes control planes: {count}. Omnia documents 3 or more.',
} as const;

/** Documented, checked by no version (omnia.md section 1.7). */
export const fewControlPlanes: Rule = {
  code: 'few-control-planes',
  levels: everywhere('warning'),
  messages,
  grouping: byKubeRole,
  checkBucket(bucket, scope) {
    const planes = bucket.rows('service_kube_control_plane');
    const last = planes.at(-1);
    if (last === undefined || planes.length >= 3) return;
    scope.report(scope.at(last, 'FUNCTIONAL_GROUP_NAME'), messages.few, { count: planes.length });
  },
};
