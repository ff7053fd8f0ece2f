import { byServiceTag } from './groupings.ts';
import { everywhere } from '../mapping/versions.ts';
import { reportDuplicates } from './helpers.ts';
import { removeSameRow, sameRowMessages } from './sameRow.ts';
import type { Rule } from './rule.ts';

const messages = {
  duplicate: "Duplicate service tag '{value}': already used by {host}.",
  first: "'{value}' is used here first.",
  ...sameRowMessages,
} as const;

/** Rule 15 of omnia.md section 1.3: unique, case sensitive; the same in 2.3. */
export const dupServiceTag: Rule = {
  code: 'dup-service-tag',
  levels: everywhere('error'),
  messages,
  grouping: byServiceTag,
  checkBucket(bucket, scope) {
    for (const value of bucket.values()) {
      reportDuplicates(bucket.rows(value), 'SERVICE_TAG', scope, messages.duplicate, messages.first);
    }
  },
  fixes: removeSameRow,
};
