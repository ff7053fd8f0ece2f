import { byHostname } from './groupings.ts';
import { levels } from '../mapping/versions.ts';
import { nextInSeries } from '../mapping/series.ts';
import { replaceValue, reportSpellings, subject } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  alike: "'{value}' and '{other}' are the same name in DNS, which ignores case.",
  first: "'{other}' is used here.",
  next: 'Use the next free hostname {value}',
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
  suggestions(finding, scope) {
    const value = subject(finding, scope)?.value;
    if (value === undefined) return [];
    const taken = new Set(Array.from(scope.index('HOSTNAME').keys(), (name) => name.toLowerCase()));
    const next = nextInSeries(value, (candidate) => taken.has(candidate.toLowerCase()));
    return replaceValue(finding, scope, next, messages.next, false);
  },
};
