import { isMac, isUniformMac, repairMac } from '../mapping/addresses.ts';
import { everywhere, traitsOf } from '../mapping/versions.ts';
import { replaceValue, subject } from './helpers.ts';
import { hiddenMessages, reportBad, showValue } from './hiddenValue.ts';
import type { Rule } from './rule.ts';

const messages = {
  ...hiddenMessages,
  bad: "'{value}' is not a valid MAC address. Expected six pairs of hexadecimal digits separated by colons or hyphens.",
  mixed: "'{value}' mixes colons and hyphens. Omnia {version} accepts only one kind of separator.",
  repair: "Change to '{value}'",
} as const;

/** Rule 6 of omnia.md section 1.3; 2.3 wants one kind of separator (section 1.6). */
export const badMac: Rule = {
  code: 'bad-mac',
  levels: everywhere('error'),
  messages,
  checkRow(row, scope) {
    const { strictNames } = traitsOf(scope.version);
    for (const column of ['ADMIN_MAC', 'BMC_MAC'] as const) {
      const value = row.text[column];
      const isGood = strictNames ? isUniformMac : isMac;
      if (value === '' || isGood(value)) continue;
      const message = isMac(value) ? messages.mixed : messages.bad;
      reportBad(scope, row, column, message, isGood, { version: scope.version });
    }
  },
  fixes(finding, scope) {
    const shown = showValue(finding, scope);
    if (shown !== undefined) return shown;
    const mac = repairMac(subject(finding, scope)?.value ?? '');
    return mac === undefined ? [] : replaceValue(finding, scope, mac, messages.repair, true);
  },
};
