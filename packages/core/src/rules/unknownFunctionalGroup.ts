import { functionalGroups, isKnownGroup } from '../mapping/functionalGroups.ts';
import { levels } from '../mapping/versions.ts';
import { visibleForm } from '../text/hiddenCharacters.ts';
import { replaceFunctionalGroup } from './functionalGroupFixes.ts';
import { isQuotedRow } from './quotedRow.ts';
import type { Rule } from './rule.ts';

const messages = {
  unknown:
    "'{value}' is not a functional group of Omnia {version}. Names are case-sensitive and end with _x86_64 or _aarch64.",
  later: "The functional group '{value}' exists from Omnia {since} only.",
  replace: "Replace with '{value}'",
} as const;

/** Rule 14 of omnia.md section 1.3: the closed list of section 1.4. */
export const unknownFunctionalGroup: Rule = {
  code: 'unknown-functional-group',
  levels: levels({ '2.1': 'error', '2.3': 'off' }),
  messages,
  checkRow(row, scope) {
    if (isQuotedRow(row.record, scope.layout)) return;
    const value = row.text.FUNCTIONAL_GROUP_NAME;
    // What only contains something invisible is reported by its characters.
    const visible = visibleForm(value)?.value ?? value;
    if (value === '' || isKnownGroup(visible, scope.version)) return;
    const since = functionalGroups.find(({ name }) => name === value)?.since;
    const message = since === undefined ? messages.unknown : messages.later;
    scope.report(scope.at(row, 'FUNCTIONAL_GROUP_NAME'), message, {
      value,
      version: scope.version,
      since: since ?? '',
    });
  },
  fixes(finding, scope) {
    return finding.message === messages.later ? [] : replaceFunctionalGroup(finding, scope, messages.replace);
  },
};
