import type { ColumnName } from '../mapping/columns.ts';
import type { MappingRow } from '../mapping/row.ts';
import { visibleForm } from '../text/hiddenCharacters.ts';
import type { Params, Template } from '../text/message.ts';
import { replaceValue } from './helpers.ts';
import type { Finding, Fix, FixScope, Scope } from './rule.ts';

/** For values that are refused because of an invisible character; every rule about values has these texts. */
export const hiddenMessages = {
  hidden: "'{visible}' contains {character}, which is easily overlooked and which Omnia reads as part of the value.",
  show: 'Remove {character}',
  narrow: "Change to '{value}'",
} as const;

/** Reports a value that Omnia refuses: for its form or, when it looks right, for the invisible part of it. */
export function reportBad(
  scope: Scope,
  row: MappingRow,
  column: ColumnName,
  message: Template,
  isGood: (value: string) => boolean,
  params: Params = {},
): void {
  const value = row.text[column];
  const form = visibleForm(value);
  if (form === undefined || !isGood(form.value)) {
    scope.report(scope.at(row, column), message, { value, ...params });
    return;
  }
  const { character, value: visible } = form;
  scope.report(scope.at(row, column), hiddenMessages.hidden, { value, visible, character });
}

/** The value as it looks; undefined when the finding is another one. Nothing is guessed. */
export function showValue(finding: Finding, scope: FixScope): Fix[] | undefined {
  const { visible, character } = finding.params;
  if (finding.message !== hiddenMessages.hidden || typeof visible !== 'string') return undefined;
  // A letter or digit of full width is not removed, another one takes its place.
  const title = String(character).endsWith('FULLWIDTH FORM') ? hiddenMessages.narrow : hiddenMessages.show;
  return replaceValue(finding, scope, visible, title, true).map((fix) => ({
    ...fix,
    params: { ...fix.params, character: character ?? '' },
  }));
}
