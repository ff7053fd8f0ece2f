/** Texts of the map in the user's language, with placeholders in braces for the page to fill. */
export const mapTextKeys = [
  'title',
  'howTo',
  'grouping',
  'byGroup',
  'byRole',
  'byParent',
  'states',
  'filter',
  'filterPressed',
  'showAll',
  'shown',
  'selected',
  'isSelected',
  'nothingFound',
  'empty',
  'bmc',
  'serviceTag',
  'section',
] as const;
export type MapTexts = Readonly<Record<(typeof mapTextKeys)[number], string>>;

/** Fills the placeholders of a text. */
export function filled(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}
