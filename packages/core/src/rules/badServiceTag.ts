import { everywhere, traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import { isAlphanumeric, isAsciiAlphanumeric } from '../text/pythonText.ts';
import { replaceValue, subject } from './helpers.ts';
import type { Rule } from './rule.ts';

const messages = {
  classic: "'{value}' is no service tag: letters and digits only.",
  ascii: "'{value}' is no service tag: letters A to Z and digits only.",
  clean: 'Write {value}',
} as const;

/** Rule 4 of omnia.md section 1.3: Python's isalnum; 2.3 takes ASCII only (section 1.6). */
export const badServiceTag: Rule = {
  code: 'bad-service-tag',
  levels: everywhere('error'),
  messages,
  checkRow(row, scope) {
    const value = row.text.SERVICE_TAG;
    if (value === '' || isTag(value, scope.version)) return;
    const message = traitsOf(scope.version).strictNames ? messages.ascii : messages.classic;
    scope.report(scope.at(row, 'SERVICE_TAG'), message, { value });
  },
  fixes: (finding, scope) => cleanTag(finding, scope, messages.clean),
};

export function isTag(value: string, version: OmniaVersion): boolean {
  return traitsOf(version).strictNames ? isAsciiAlphanumeric(value) : isAlphanumeric(value);
}

/** Offers the tag without anything that is no letter or digit. */
export function cleanTag(...[finding, scope, title]: CleanTagParameters): ReturnType<NonNullable<Rule['fixes']>> {
  const value = subject(finding, scope)?.value.replace(/[^A-Za-z0-9]/g, '') ?? '';
  return value === '' ? [] : replaceValue(finding, scope, value, title, false);
}

type CleanTagParameters = [...Parameters<NonNullable<Rule['fixes']>>, title: string];
