import { everywhere } from '../mapping/versions.ts';
import { bySlurmRole } from './groupings.ts';
import type { Rule } from './rule.ts';

const messages = {
  none: 'There is a Slurm cluster but no login_node or login_compiler_node. Omnia documents at least one.',
} as const;

/** Documented, checked by no version (omnia.md section 1.7). */
export const noLoginNode: Rule = {
  code: 'no-login-node',
  levels: everywhere('warning'),
  messages,
  grouping: bySlurmRole,
  checkBucket(bucket, scope) {
    const controller = bucket.first('slurm_control_node');
    if (controller === undefined || bucket.first('slurm_node') === undefined || bucket.first('login') !== undefined) {
      return;
    }
    scope.report(scope.at(controller, 'FUNCTIONAL_GROUP_NAME'), messages.none);
  },
};
