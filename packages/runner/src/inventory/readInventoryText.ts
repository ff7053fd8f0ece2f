import { parse } from 'csv-parse/sync';
import { readInventory, type InventoryRead } from '@omnia-buildstream/core/inventory/readInventory';
import type { CutRows } from '@omnia-buildstream/core/mapping/sourceTable';

/** Reads what another program knows of machines; a CSV by csv-parse, which reads what programs write. */
export function readInventoryText(text: string): InventoryRead {
  return readInventory(text, cutByParser);
}

/** Undefined where the quotes are those of another separator, or of no CSV. */
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
