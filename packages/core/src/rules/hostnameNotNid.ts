import { levels, traitsOf } from '../mapping/versions.ts';
import { isHostname } from './badHostname.ts';
import { nextInSeries } from '../mapping/series.ts';
import { replaceValue, subject } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  classic: "'{value}' is not allowed while DNS is enabled. Expected nid followed by digits, such as nid001.",
  strict: "'{value}' is not allowed while DNS is enabled. Expected nid001 to nid999.",
  next: 'Use the next free name {value}',
} as const;

const strictNid = /^nid(?:00[1-9]|0[1-9][0-9]|[1-9][0-9]{2})$/;

/** Rule 28 of omnia.md section 1.3; exactly three digits in 2.3, where a bad hostname is told first (section 1.6). */
export const hostnameNotNid: Rule = {
  code: 'hostname-not-nid',
  levels: levels({ '2.2': 'error' }),
  messages,
  needs: 'dnsEnabled',
  checkRow(row, scope) {
    const value = row.text.HOSTNAME;
    if (scope.context.dnsEnabled !== true || value === '') return;
    const { strictNames } = traitsOf(scope.version);
    if (strictNames ? strictNid.test(value) || !isHostname(value, scope.version) : /^nid\p{Nd}+$/u.test(value)) return;
    scope.report(scope.at(row, 'HOSTNAME'), strictNames ? messages.strict : messages.classic, { value });
  },
  suggestions(finding, scope) {
    if (subject(finding, scope) === undefined) return [];
    const next = nextInSeries('nid000', (name) => scope.find('HOSTNAME', name).length > 0);
    return replaceValue(finding, scope, next, messages.next, false);
  },
};
