import { bySlurmRole } from './groupings.ts';
import { everywhere } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  none: 'There are Slurm workers but no slurm_control_node. Nothing fails until much later, and the workers get no work.',
} as const;

/** No version counts roles (omnia.md section 1.7). */
export const noSlurmController: Rule = {
  code: 'no-slurm-controller',
  levels: everywhere('warning'),
  messages,
  grouping: bySlurmRole,
  checkBucket(bucket, scope) {
    const worker = bucket.first('slurm_node');
    if (worker === undefined || bucket.first('slurm_control_node') !== undefined) return;
    scope.report(scope.at(worker, 'FUNCTIONAL_GROUP_NAME'), messages.none);
  },
};
