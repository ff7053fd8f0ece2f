import { byMac } from './groupings.ts';
import { everywhere } from '../mapping/versions.ts';
import { related } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  both: "'{value}' is also an ADMIN_MAC. A BMC and a network card never share an address.",
  admin: 'Used here as ADMIN_MAC.',
} as const;

/** A copying error that no version finds: the address decides which machine responds. */
export const bmcMacIsAdminMac: Rule = {
  code: 'bmc-mac-is-admin-mac',
  levels: everywhere('warning'),
  messages,
  grouping: byMac,
  checkBucket(bucket, scope) {
    if (bucket.size < 2) return;
    const admin = bucket.first('ADMIN_MAC');
    for (const row of admin === undefined ? [] : bucket.rows('BMC_MAC')) {
      scope.report(scope.at(row, 'BMC_MAC'), messages.both, { value: row.text.BMC_MAC }, [
        related(scope, admin ?? row, 'ADMIN_MAC', messages.admin),
      ]);
    }
  },
};
