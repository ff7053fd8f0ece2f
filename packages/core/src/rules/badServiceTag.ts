import { everywhere, traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import { isAlphanumeric, isAsciiAlphanumeric } from '../text/pythonText.ts';
import { isSpreadsheetLeftover } from '../text/hiddenCharacters.ts';
import { replaceValue, subject } from './helpers.ts';
import { hiddenMessages, reportBad, showValue } from './hiddenValue.ts';
import type { Rule } from './rule.ts';

const messages = {
  ...hiddenMessages,
  classic: "'{value}' is not a valid service tag. Use letters and digits only.",
  ascii: "'{value}' is not a valid service tag. Use letters A to Z and digits only.",
  lost: "A spreadsheet changed a service tag to '{value}', and the tag is lost. Enter it again in a column formatted as text.",
  clean: "Change to '{value}'",
} as const;

/** Rule 4 of omnia.md section 1.3: Python's isalnum; 2.3 takes ASCII only (section 1.6). */
export const badServiceTag: Rule = {
  code: 'bad-service-tag',
  levels: everywhere('error'),
  messages,
  checkRow(row, scope) {
    const value = row.text.SERVICE_TAG;
    if (value === '' || isTag(value, scope.version)) return;
    const { strictNames } = traitsOf(scope.version);
    const message = isSpreadsheetLeftover(value) ? messages.lost : strictNames ? messages.ascii : messages.classic;
    reportBad(scope, row, 'SERVICE_TAG', message, (tag) => isTag(tag, scope.version));
  },
  fixes: (finding, scope) => cleanTag(finding, scope, messages.clean),
};

export function isTag(value: string, version: OmniaVersion): boolean {
  return traitsOf(version).strictNames ? isAsciiAlphanumeric(value) : isAlphanumeric(value);
}

/** Offers the tag without anything that is no letter or digit. */
export function cleanTag(...[finding, scope, title]: CleanTagParameters): ReturnType<NonNullable<Rule['fixes']>> {
  const shown = showValue(finding, scope);
  if (shown !== undefined) return shown;
  const written = subject(finding, scope)?.value ?? '';
  // What is left of a number or a formula is no tag.
  const value = isSpreadsheetLeftover(written) ? '' : written.replace(/[^A-Za-z0-9]/g, '');
  return value === '' ? [] : replaceValue(finding, scope, value, title, false);
}

type CleanTagParameters = [...Parameters<NonNullable<Rule['fixes']>>, title: string];
