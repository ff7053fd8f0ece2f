import { architectures, groupIdentity } from '../mapping/functionalGroups.ts';
import { levels } from '../mapping/versions.ts';
import { hasGroupCharacters } from './badFunctionalGroupChars.ts';
import { isBaseos } from './baseosUnsupported.ts';
import { replaceValue, subject } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  suffix: "'{value}' must end with _x86_64 or _aarch64 for Omnia {version}.",
  add: "Change to '{value}'",
} as const;

/** The architecture suffix is obligatory in 2.3 (omnia.md sections 1.4 and 1.6). */
export const missingArchSuffix: Rule = {
  code: 'missing-arch-suffix',
  levels: levels({ '2.3': 'error' }),
  messages,
  checkRow(row, scope) {
    const value = row.text.FUNCTIONAL_GROUP_NAME;
    if (!hasGroupCharacters(value, scope.version) || isBaseos(value) || groupIdentity(value) !== undefined) return;
    scope.report(scope.at(row, 'FUNCTIONAL_GROUP_NAME'), messages.suffix, { value, version: scope.version });
  },
  fixes(finding, scope) {
    const value = subject(finding, scope)?.value;
    if (value === undefined) return [];
    const stem = value.replace(/[-_](?:x86[-_]?64|aarch64|arm64)$/i, '');
    const plain = value.toLowerCase().replaceAll('-', '_');
    if (groupIdentity(plain) !== undefined) return replaceValue(finding, scope, plain, messages.add, true);
    return architectures.flatMap((suffix) => replaceValue(finding, scope, `${stem}_${suffix}`, messages.add, false));
  },
};
