import { byMac } from './groupings.ts';
import { levels } from '../mapping/versions.ts';
import { reportDuplicates } from './helpers.ts';
import { removeSameRow, sameRowMessages } from './sameRow.ts';
import type { Rule } from './rule.ts';

const messages = {
  duplicate: "Duplicate ADMIN_MAC '{value}': already used by {host}. Both nodes would get the same DHCP address.",
  first: 'The same MAC is used here first.',
  ...sameRowMessages,
} as const;

/** Refused by 2.3, whatever the spelling (omnia.md section 1.6); 2.2 lets it pass (section 1.7). */
export const dupAdminMac: Rule = {
  code: 'dup-admin-mac',
  levels: levels({ '2.1': 'warning', '2.3': 'error' }),
  messages,
  grouping: byMac,
  checkBucket(bucket, scope) {
    reportDuplicates(bucket.rows('ADMIN_MAC'), 'ADMIN_MAC', scope, messages.duplicate, messages.first);
  },
  fixes: removeSameRow,
};
