import { byServiceTag } from './groupings.ts';
import { everywhere } from '../mapping/versions.ts';
import { reportSpellings } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  alike: "'{value}' and '{other}' differ only in case. Omnia treats them as two nodes.",
  first: "'{other}' is used here.",
} as const;

/** Tags that differ only by case pass every version (omnia.md section 1.7). */
export const dupServiceTagIgnoringCase: Rule = {
  code: 'dup-service-tag-ignoring-case',
  levels: everywhere('warning'),
  messages,
  grouping: byServiceTag,
  checkBucket(bucket, scope) {
    reportSpellings(bucket, 'SERVICE_TAG', scope, messages.alike, messages.first);
  },
};
