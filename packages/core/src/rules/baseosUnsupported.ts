import { levels } from '../mapping/versions.ts';
import { replaceValue, subject } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  baseos: "'{value}' is an old name. The baseos_ roles were renamed to os_, and Omnia {version} refuses the old names.",
  rename: "Change to '{value}'",
} as const;

export function isBaseos(value: string): boolean {
  return value.toLowerCase().startsWith('baseos_');
}

/** 2.3 refuses `baseos_*` with the hint to use `os_*` (omnia.md section 1.4). */
export const baseosUnsupported: Rule = {
  code: 'baseos-unsupported',
  levels: levels({ '2.3': 'error' }),
  messages,
  checkRow(row, scope) {
    const value = row.text.FUNCTIONAL_GROUP_NAME;
    if (!isBaseos(value)) return;
    scope.report(scope.at(row, 'FUNCTIONAL_GROUP_NAME'), messages.baseos, { value, version: scope.version });
  },
  fixes(finding, scope) {
    const value = subject(finding, scope)?.value;
    return value === undefined
      ? []
      : replaceValue(finding, scope, value.replace(/^baseos/i, 'os'), messages.rename, true);
  },
};
