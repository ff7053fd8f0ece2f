import { byHostname } from './groupings.ts';
import { levels } from '../mapping/versions.ts';
import { reportSpellings } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  alike: "'{value}' and '{other}' are the same name in DNS, which ignores case.",
  first: "'{other}' is used here.",
} as const;

/** Hostnames that differ only by case pass 2.1 and 2.2 (omnia.md section 1.7); 2.3 refuses capitals. */
export const dupHostnameIgnoringCase: Rule = {
  code: 'dup-hostname-ignoring-case',
  levels: levels({ '2.1': 'warning', '2.3': 'off' }),
  messages,
  grouping: byHostname,
  checkBucket(bucket, scope) {
    reportSpellings(bucket, 'HOSTNAME', scope, messages.alike, messages.first);
  },
};
