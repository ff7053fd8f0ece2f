import { isGroupName, repairGroupName } from '../mapping/groupNames.ts';
import { everywhere, traitsOf } from '../mapping/versions.ts';
import { replaceValue, subject } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  rack: "'{value}' is no group name: Omnia 2.1 knows grp0 to grp100 only.",
  unit: "'{value}' is no group name: use grp0 to grp100, or SU, one optional letter and 1 to 100 (SU1, SU01, SUA99).",
  repair: 'Write {value}',
} as const;

/** Rule 8 of omnia.md section 1.3. */
export const badGroupName: Rule = {
  code: 'bad-group-name',
  levels: everywhere('error'),
  messages,
  checkRow(row, scope) {
    const value = row.text.GROUP_NAME;
    if (value === '' || isGroupName(value, scope.version)) return;
    scope.report(scope.at(row, 'GROUP_NAME'), traitsOf(scope.version).scalableUnits ? messages.unit : messages.rack, {
      value,
    });
  },
  fixes(finding, scope) {
    const name = repairGroupName(subject(finding, scope)?.value ?? '', scope.version);
    return name === undefined ? [] : replaceValue(finding, scope, name, messages.repair, true);
  },
};
