import { byHostname } from './groupings.ts';
import { nextInSeries } from '../mapping/series.ts';
import { everywhere } from '../mapping/versions.ts';
import { replaceValue, reportDuplicates, subject } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  duplicate: "Duplicate hostname '{value}'.",
  first: "'{value}' is used here first.",
  next: 'Use the next free hostname {value}',
} as const;

/** Rule 16 of omnia.md section 1.3: unique, case sensitive; the same in 2.3. */
export const dupHostname: Rule = {
  code: 'dup-hostname',
  levels: everywhere('error'),
  messages,
  grouping: byHostname,
  checkBucket(bucket, scope) {
    for (const value of bucket.values()) {
      reportDuplicates(bucket.rows(value), 'HOSTNAME', scope, messages.duplicate, messages.first);
    }
  },
  suggestions(finding, scope) {
    const value = subject(finding, scope)?.value;
    if (value === undefined) return [];
    const next = nextInSeries(value, (candidate) => scope.find('HOSTNAME', candidate).length > 0);
    return replaceValue(finding, scope, next, messages.next, false);
  },
};
