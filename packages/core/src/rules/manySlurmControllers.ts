import { levels } from '../mapping/versions.ts';
import { related } from './helpers.ts';
import { bySlurmRole } from './groupings.ts';
import type { Rule } from './rule.ts';

const messages = {
  many: 'More than one slurm_control_node. Omnia 2.1 and 2.2 document exactly one.',
  first: 'The first slurm_control_node.',
} as const;

/** Documented for 2.1 and 2.2, checked by no version (omnia.md section 1.7). */
export const manySlurmControllers: Rule = {
  code: 'many-slurm-controllers',
  levels: levels({ '2.1': 'warning', '2.3': 'off' }),
  messages,
  grouping: bySlurmRole,
  checkBucket(bucket, scope) {
    const [first, ...others] = bucket.rows('slurm_control_node');
    if (first === undefined) return;
    for (const other of others) {
      scope.report(scope.at(other, 'FUNCTIONAL_GROUP_NAME'), messages.many, {}, [
        related(scope, first, 'FUNCTIONAL_GROUP_NAME', messages.first),
      ]);
    }
  },
};
