import { parse } from 'csv-parse/sync';
import { readInventory, type InventoryRead } from '@omnia-buildstream/core/inventory/readInventory';
import type { CutRows } from '@omnia-buildstream/core/mapping/sourceTable';

/**
 * Reads what another program knows about machines; CSV is read by csv-parse, which accepts the output of such programs.
 */
export function readInventoryText(text: string): InventoryRead {
  return readInventory(text, cutByParser);
}

/** Undefined if the quotes belong to another separator, or the text is not CSV. */
const cutByParser: CutRows = (text, delimiter) => {
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    });
  } catch {
    return undefined;
  }
};
