import { levels } from '../mapping/versions.ts';
import { isAlphanumeric, isAsciiAlphanumeric } from '../text/pythonText.ts';
import type { Rule } from './rule.ts';

const messages = {
  foreign:
    "'{value}' has letters or digits outside A to Z and 0 to 9. Omnia 2.2 accepts them, 2.3 refuses them; Dell's tags have none.",
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
};
