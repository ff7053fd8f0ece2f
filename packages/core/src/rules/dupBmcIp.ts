import { byAddress } from './groupings.ts';
import { everywhere } from '../mapping/versions.ts';
import { reportDuplicates, subject } from './helpers.ts';
import { nextAddressFix } from './suggest.ts';
import type { Rule } from './rule.ts';

const messages = {
  duplicate:
    'The BMC address {value} stands here again; {host} has it already. Restart, retry and skip lists are kept by this address: one of the two nodes would never be booted.',
  first: '{value} is used here first.',
  next: 'Use the next free address {value}',
} as const;

/** Passes every validator, yet BMC_IP is the key of all restart bookkeeping (omnia.md sections 1.1 and 1.7). */
export const dupBmcIp: Rule = {
  code: 'dup-bmc-ip',
  levels: everywhere('warning'),
  messages,
  grouping: byAddress,
  checkBucket(bucket, scope) {
    reportDuplicates(bucket.rows('BMC_IP'), 'BMC_IP', scope, messages.duplicate, messages.first);
  },
  suggestions: (finding, scope) => nextAddressFix(finding, scope, subject(finding, scope)?.value, messages.next),
};
