import { levels } from '../mapping/versions.ts';
import { isHostname } from './badHostname.ts';
import { replaceValue, subject } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  capitals: "'{value}' has uppercase letters. Omnia 2.2 accepts them, 2.3 refuses them, and DNS ignores case.",
  lower: "Change to '{value}'",
} as const;

/** Capitals pass 2.2 and fail 2.3 (omnia.md section 1.7). */
export const hostnameNotLowercase: Rule = {
  code: 'hostname-not-lowercase',
  levels: levels({ '2.1': 'warning', '2.3': 'off' }),
  messages,
  checkRow(row, scope) {
    const value = row.text.HOSTNAME;
    if (value === value.toLowerCase() || !isHostname(value, scope.version)) return;
    scope.report(scope.at(row, 'HOSTNAME'), messages.capitals, { value });
  },
  fixes(finding, scope) {
    const value = subject(finding, scope)?.value.toLowerCase();
    // A name that another node has already would be refused by every version.
    if (value === undefined || scope.find('HOSTNAME', value).length > 0) return [];
    return replaceValue(finding, scope, value, messages.lower, true);
  },
};
