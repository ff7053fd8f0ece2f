import { isGroupName, repairGroupName } from '../mapping/groupNames.ts';
import { everywhere, traitsOf } from '../mapping/versions.ts';
import { fitsGroup, replaceValue, subject } from './helpers.ts';
import { hiddenMessages, reportBad, showValue } from './hiddenValue.ts';
import type { Finding, FixScope, Rule } from './rule.ts';

const messages = {
  ...hiddenMessages,
  rack: "'{value}' is not a valid group name. Omnia 2.1 accepts grp0 to grp100 only.",
  unit: "'{value}' is not a valid group name. Use grp0 to grp100, or SU, an optional letter, and 1 to 100 (SU1, SU01, SUA99).",
  repair: "Change to '{value}'",
} as const;

/** Rule 8 of omnia.md section 1.3. */
export const badGroupName: Rule = {
  code: 'bad-group-name',
  levels: everywhere('error'),
  messages,
  checkRow(row, scope) {
    const value = row.text.GROUP_NAME;
    if (value === '' || isGroupName(value, scope.version)) return;
    const message = traitsOf(scope.version).scalableUnits ? messages.unit : messages.rack;
    reportBad(scope, row, 'GROUP_NAME', message, (name) => isGroupName(name, scope.version));
  },
  fixes(finding, scope) {
    const shown = showValue(finding, scope);
    if (shown !== undefined) return shown;
    const name = repairGroupName(subject(finding, scope)?.value ?? '', scope.version);
    return name === undefined || !joinsGroup(finding, scope, name)
      ? []
      : replaceValue(finding, scope, name, messages.repair, true);
  },
};

/** Whether the row would be at one with the rows that the group has already. */
function joinsGroup(finding: Finding, scope: FixScope, name: string): boolean {
  const row = subject(finding, scope)?.row;
  return row !== undefined && fitsGroup(scope, row, { ...row.text, GROUP_NAME: name });
}
