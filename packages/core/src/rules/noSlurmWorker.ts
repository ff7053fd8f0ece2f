import { bySlurmRole } from './groupings.ts';
import { everywhere } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  none: 'There is a Slurm controller but no slurm_node: the cluster would have no workers.',
} as const;

/** No version counts roles (omnia.md section 1.7). */
export const noSlurmWorker: Rule = {
  code: 'no-slurm-worker',
  levels: everywhere('hint'),
  messages,
  grouping: bySlurmRole,
  checkBucket(bucket, scope) {
    const controller = bucket.first('slurm_control_node');
    if (controller === undefined || bucket.first('slurm_node') !== undefined) return;
    scope.report(scope.at(controller, 'FUNCTIONAL_GROUP_NAME'), messages.none);
  },
};
