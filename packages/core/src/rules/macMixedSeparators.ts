import { isMac, normaliseMac } from '../mapping/addresses.ts';
import { levels } from '../mapping/versions.ts';
import { replaceValue, subject } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  mixed: "'{value}' mixes colons and hyphens. Omnia 2.2 accepts it, 2.3 does not.",
  repair: "Change to '{value}'",
} as const;

/** Mixed separators pass 2.2 and fail 2.3 (omnia.md section 1.7). */
export const macMixedSeparators: Rule = {
  code: 'mac-mixed-separators',
  levels: levels({ '2.1': 'warning', '2.3': 'off' }),
  messages,
  checkRow(row, scope) {
    for (const column of ['ADMIN_MAC', 'BMC_MAC'] as const) {
      const value = row.text[column];
      if (!value.includes('-') || !value.includes(':') || !isMac(value)) continue;
      scope.report(scope.at(row, column), messages.mixed, { value });
    }
  },
  fixes(finding, scope) {
    const value = subject(finding, scope)?.value;
    return value === undefined ? [] : replaceValue(finding, scope, normaliseMac(value), messages.repair, true);
  },
};
