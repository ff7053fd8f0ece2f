import { byAddress } from './groupings.ts';
import { everywhere, traitsOf } from '../mapping/versions.ts';
import { reportDuplicates, subject } from './helpers.ts';
import { nextAddressFix } from './suggest.ts';
import type { Rule } from './rule.ts';

const messages = {
  duplicate:
    'Duplicate BMC_IP {value}: already used by {host}. The restart stage identifies nodes by this address only, so one of the two would never be booted.',
  ends: 'Duplicate BMC_IP {value}: already used by {host}. The newest restart stage of Omnia 2.3 stops on it before it boots a node; an older one never boots one of the two.',
  first: '{value} is used here first.',
  next: 'Use the next free address {value}',
} as const;

/** Passes every validator, yet BMC_IP is the key of all restart bookkeeping (omnia.md sections 1.1, 1.7 and 4.1). */
export const dupBmcIp: Rule = {
  code: 'dup-bmc-ip',
  levels: everywhere('warning'),
  messages,
  grouping: byAddress,
  checkBucket(bucket, scope) {
    const message = traitsOf(scope.version).restartsComments ? messages.ends : messages.duplicate;
    reportDuplicates(bucket.rows('BMC_IP'), 'BMC_IP', scope, message, messages.first);
  },
  suggestions: (finding, scope) => nextAddressFix(finding, scope, subject(finding, scope)?.value, messages.next),
};
