import { levels } from '../mapping/versions.ts';
import { isHostname } from './badHostname.ts';
import type { Rule } from './rule.ts';

const messages = {
  digit: "'{value}' begins with a digit. Omnia 2.2 accepts it; 2.3 requires a letter.",
} as const;

/** A leading digit passes 2.2 and fails 2.3 (omnia.md section 1.7). */
export const hostnameLeadingDigit: Rule = {
  code: 'hostname-leading-digit',
  levels: levels({ '2.1': 'warning', '2.3': 'off' }),
  messages,
  checkRow(row, scope) {
    const value = row.text.HOSTNAME;
    if (/^[0-9]/.test(value) && isHostname(value, scope.version)) {
      scope.report(scope.at(row, 'HOSTNAME'), messages.digit, { value });
    }
  },
};
