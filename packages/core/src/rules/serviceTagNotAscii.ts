import { levels } from '../mapping/versions.ts';
import { isAlphanumeric, isAsciiAlphanumeric } from '../text/pythonText.ts';
import { replaceValue, subject } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  foreign:
    "'{value}' has letters or digits outside A to Z and 0 to 9. Omnia 2.2 accepts them, 2.3 refuses them; Dell's tags have none.",
  write: "Change to '{value}'",
} as const;

/** Any Unicode letter counts as alphanumeric in 2.1 and 2.2 (omnia.md section 1.7). */
export const serviceTagNotAscii: Rule = {
  code: 'service-tag-not-ascii',
  levels: levels({ '2.1': 'warning', '2.3': 'off' }),
  messages,
  checkRow(row, scope) {
    for (const column of ['SERVICE_TAG', 'PARENT_SERVICE_TAG'] as const) {
      const value = row.text[column];
      if (isAlphanumeric(value) && !isAsciiAlphanumeric(value)) {
        scope.report(scope.at(row, column), messages.foreign, { value });
      }
    }
  },
  /** Wide and mathematical forms are the same letters and digits; a letter of another alphabet may only look alike. */
  fixes(finding, scope) {
    const { column } = finding.place;
    const value = subject(finding, scope)?.value.normalize('NFKC') ?? '';
    if (!isAsciiAlphanumeric(value) || (column === 'SERVICE_TAG' && scope.find(column, value).length > 0)) return [];
    return replaceValue(finding, scope, value, messages.write, false);
  },
};
