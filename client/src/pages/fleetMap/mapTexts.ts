/** Words of the map in the user's language; in braces what the page puts in. */
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

/** Puts values into a text. */
export function filled(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}
