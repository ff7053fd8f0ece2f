import { readSourceTable, type CutRows, type SourceTable } from '../mapping/sourceTable.ts';
import { textLimits } from '../text/textLimits.ts';
import { phrase, type Phrase } from '../text/phrase.ts';
import { currentOfKea, leaseTable } from './leases.ts';
import { jsonTable } from './jsonInventory.ts';

export const readingTexts = {
  tooLarge: 'This file is too large to be an inventory.',
  badJson: 'This is not valid JSON: {reason}',
  noList: 'This JSON has no list of objects with at least two values each.',
  noTable: 'This is not a table: no separator gives most lines the same number of cells. Export it as CSV.',
} as const;

export type InventoryRead = { readonly table: SourceTable } | { readonly problem: Phrase };

/**
 * What another program knows about machines, as a table: CSV with any separator, JSON, or leases of a DHCP server.
 * Which column is which is decided elsewhere.
 *
 * @param cut how a text becomes cells: by a CSV reader that respects quotes
 */
export function readInventory(text: string, cut: CutRows): InventoryRead {
  const content = text.replace(/^\ufeff/, '');
  if (content.length > textLimits.csv) return { problem: phrase(readingTexts.tooLarge) };
  if (/^\s*[[{]/.test(content)) return readJson(content);
  const table = leaseTable(content) ?? readSourceTable(content, cut);
  return table === undefined ? { problem: phrase(readingTexts.noTable) } : { table: currentOfKea(table) };
}

function readJson(text: string): InventoryRead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: phrase(readingTexts.badJson, { reason: error instanceof Error ? error.message : '' }) };
  }
  const table = jsonTable(value);
  return table === undefined ? { problem: phrase(readingTexts.noList) } : { table };
}
