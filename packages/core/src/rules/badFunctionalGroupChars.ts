import { everywhere, traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import { strip } from '../text/pythonText.ts';
import { firstEmptyCell } from './emptyCell.ts';
import { replaceFunctionalGroup } from './functionalGroupFixes.ts';
import { hiddenMessages, reportBad, showValue } from './hiddenValue.ts';
import { isQuotedRow } from './quotedRow.ts';
import type { Rule } from './rule.ts';

const messages = {
  ...hiddenMessages,
  classic: "'{value}' is not a valid functional group name. Use letters, digits, and underscores only.",
  later:
    "'{value}' is not a valid functional group name. Use letters, digits, underscores, and hyphens, beginning with a letter or digit.",
  replace: "Replace with '{value}'",
} as const;

const classicName = /^[A-Za-z0-9_]+$/;
const laterName = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** Rule 9 of omnia.md section 1.3; dashes are allowed in 2.3 (section 1.6). */
export const badFunctionalGroupChars: Rule = {
  code: 'bad-functional-group-chars',
  levels: everywhere('error'),
  messages,
  checkRow(row, scope) {
    if (isQuotedRow(row.record, scope.layout)) return;
    const value = row.text.FUNCTIONAL_GROUP_NAME;
    if (value === '' || hasGroupCharacters(value, scope.version)) return;
    const message = traitsOf(scope.version).catalogRoles ? messages.later : messages.classic;
    reportBad(scope, row, 'FUNCTIONAL_GROUP_NAME', message, (name) => hasGroupCharacters(name, scope.version));
  },
  /** 2.1 reads a comment as a row before it looks for comments; of a full row the `#` is the first thing it refuses. */
  checkRecord(record, kind, scope) {
    const { layout, version } = scope;
    if (!traitsOf(version).judgesComments || kind !== 'comment' || record.order < (layout.header?.order ?? Infinity))
      return;
    const cell = layout.cellOf.FUNCTIONAL_GROUP_NAME;
    const value = strip(record.cells[cell ?? -1] ?? '');
    if (firstEmptyCell(record, scope) !== undefined || hasGroupCharacters(value, version)) return;
    scope.report({ record, cell, column: 'FUNCTIONAL_GROUP_NAME' }, messages.classic, { value });
  },
  fixes: (finding, scope) => showValue(finding, scope) ?? replaceFunctionalGroup(finding, scope, messages.replace),
};

export function hasGroupCharacters(value: string, version: OmniaVersion): boolean {
  return (traitsOf(version).catalogRoles ? laterName : classicName).test(value);
}
