import { byMac } from './groupings.ts';
import { everywhere } from '../mapping/versions.ts';
import { reportDuplicates } from './helpers.ts';
import { removeSameRow, sameRowMessages } from './sameRow.ts';
import type { Rule } from './rule.ts';

const messages = {
  duplicate: "Duplicate BMC_MAC '{value}': already used by {host}.",
  first: 'The same MAC is used here first.',
  ...sameRowMessages,
} as const;

/** Never refused (omnia.md section 1.7). */
export const dupBmcMac: Rule = {
  code: 'dup-bmc-mac',
  levels: everywhere('warning'),
  messages,
  grouping: byMac,
  checkBucket(bucket, scope) {
    reportDuplicates(bucket.rows('BMC_MAC'), 'BMC_MAC', scope, messages.duplicate, messages.first);
  },
  fixes: removeSameRow,
};
