import { everywhere } from '../mapping/versions.ts';
import { byKubeRole } from './groupings.ts';
import type { Rule } from './rule.ts';

const messages = {
  none: 'There is a Kubernetes control plane but no service_kube_node. Omnia documents at least one.',
} as const;

/** Documented, checked by no version (omnia.md section 1.7). */
export const noKubeWorker: Rule = {
  code: 'no-kube-worker',
  levels: everywhere('warning'),
  messages,
  grouping: byKubeRole,
  checkBucket(bucket, scope) {
    const plane = bucket.first('service_kube_control_plane');
    if (plane === undefined || bucket.first('service_kube_node') !== undefined) return;
    scope.report(scope.at(plane, 'FUNCTIONAL_GROUP_NAME'), messages.none);
  },
};
