import { byAddress } from './groupings.ts';
import { levels } from '../mapping/versions.ts';
import { reportDuplicates, subject } from './helpers.ts';
import { nextAddressFix } from './suggest.ts';
import type { Rule } from './rule.ts';

const messages = {
  duplicate: 'Duplicate ADMIN_IP {value}: already used by {host}.',
  first: '{value} is used here first.',
  next: 'Use the next free address {value}',
} as const;

/** Rule 17 of omnia.md section 1.3: unique as text from 2.2; 2.1 lets it pass, the network does not. */
export const dupAdminIp: Rule = {
  code: 'dup-admin-ip',
  levels: levels({ '2.1': 'warning', '2.2': 'error' }),
  messages,
  grouping: byAddress,
  checkBucket(bucket, scope) {
    reportDuplicates(bucket.rows('ADMIN_IP'), 'ADMIN_IP', scope, messages.duplicate, messages.first);
  },
  suggestions: (finding, scope) => nextAddressFix(finding, scope, subject(finding, scope)?.value, messages.next),
};
