import type { Template } from '../text/message.ts';

/** What is said of a change of the layout. */
export const convertTexts = {
  noHeader: 'The header is not one of a mapping file with its nine columns, so nothing was converted. Repair it first.',
  openQuote: 'A quote is not closed, so it is unknown what belongs to its row. Nothing was converted. Close it first.',
  badRelease: "'{release}' is not a valid OS release. Expected a form such as rhel_10_0.",
  surplus: 'Rows have more cells than the header (lines {lines}), so nothing was converted. Repair them first.',
  needsRelease:
    'Omnia {version} requires the OS release in these roles, so nothing was converted: {roles}. Enter the release, such as rhel_10_0.',
  unknownRole: 'Omnia {version} has no such roles, so nothing was converted: {roles}.',
  roles: 'Roles that are written as Omnia {version} names them: {count}.',
  lost: 'Values without a column in the new layout are lost: {columns}.',
} as const satisfies Readonly<Record<string, Template>>;
