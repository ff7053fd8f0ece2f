import { everywhere } from '../mapping/versions.ts';
import { isAsciiAlphanumeric } from '../text/pythonText.ts';
import type { Rule } from './rule.ts';

const messages = {
  length: "'{value}' has {length} characters; Dell service tags have 7, very old ones 5.",
} as const;

/** No version checks the length (omnia.md section 1.7). */
export const serviceTagLength: Rule = {
  code: 'service-tag-length',
  levels: everywhere('hint'),
  messages,
  checkRow(row, scope) {
    const value = row.text.SERVICE_TAG;
    if (value.length === 7 || value.length === 5 || !isAsciiAlphanumeric(value)) return;
    scope.report(scope.at(row, 'SERVICE_TAG'), messages.length, { value, length: value.length });
  },
};
