import { byAddress } from './groupings.ts';
import { everywhere } from '../mapping/versions.ts';
import { related } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  both: '{value} is also an ADMIN_IP. A BMC and a node never share an address.',
  admin: 'Used here as ADMIN_IP.',
} as const;

/** ADMIN_IP equal to a BMC_IP of the same or another row passes every version (omnia.md section 1.7). */
export const adminIpIsBmcIp: Rule = {
  code: 'admin-ip-is-bmc-ip',
  levels: everywhere('warning'),
  messages,
  grouping: byAddress,
  checkBucket(bucket, scope) {
    if (bucket.size < 2) return;
    const admin = bucket.first('ADMIN_IP');
    for (const row of admin === undefined ? [] : bucket.rows('BMC_IP')) {
      scope.report(scope.at(row, 'BMC_IP'), messages.both, { value: row.text.BMC_IP }, [
        related(scope, admin ?? row, 'ADMIN_IP', messages.admin),
      ]);
    }
  },
};
