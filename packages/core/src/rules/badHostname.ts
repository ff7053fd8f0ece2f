import { everywhere, traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import { isSpreadsheetLeftover } from '../text/hiddenCharacters.ts';
import { replaceValue, subject } from './helpers.ts';
import { hiddenMessages, reportBad, showValue } from './hiddenValue.ts';
import type { Rule } from './rule.ts';

const messages = {
  ...hiddenMessages,
  classic:
    "'{value}' is not a valid hostname. Expected 1 to 63 letters, digits, and hyphens, with no hyphen at either end, no dot, and no underscore.",
  strict:
    "'{value}' is not a valid hostname for Omnia {version}. Expected 1 to 63 lowercase letters, digits, and hyphens, beginning with a letter, with no hyphen at the end.",
  repair: "Change to '{value}'",
} as const;

const classicHostname = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;
const strictHostname = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Rule 7 of omnia.md section 1.3; lower case and a leading letter in 2.3 (section 1.6). */
export const badHostname: Rule = {
  code: 'bad-hostname',
  levels: everywhere('error'),
  messages,
  checkRow(row, scope) {
    const value = row.text.HOSTNAME;
    if (value === '' || isHostname(value, scope.version)) return;
    const message = traitsOf(scope.version).strictNames ? messages.strict : messages.classic;
    const isGood = (name: string): boolean => isHostname(name, scope.version);
    reportBad(scope, row, 'HOSTNAME', message, isGood, { version: scope.version });
  },
  fixes(finding, scope) {
    const shown = showValue(finding, scope);
    if (shown !== undefined) return shown;
    const found = subject(finding, scope);
    const value = found === undefined ? undefined : repairHostname(found.value, scope.version);
    return value === undefined ? [] : replaceValue(finding, scope, value, messages.repair, false);
  },
};

export function isHostname(value: string, version: OmniaVersion): boolean {
  return (traitsOf(version).strictNames ? strictHostname : classicHostname).test(value);
}

function repairHostname(value: string, version: OmniaVersion): string | undefined {
  // Behind a quote that is never closed there is more than a name.
  if (isSpreadsheetLeftover(value) || /[,\r\n]/.test(value)) return undefined;
  const label = (value.split('.')[0] ?? '')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|(?<!-)-+$/g, '');
  const candidate = traitsOf(version).strictNames ? label.toLowerCase() : label;
  return isHostname(candidate, version) ? candidate : undefined;
}
