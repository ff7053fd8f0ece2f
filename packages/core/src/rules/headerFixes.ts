import { setRawCell } from '../csv/edits.ts';
import type { TextEdit } from '../text/position.ts';
import type { ColumnName } from '../mapping/columns.ts';
import type { FixScope } from './rule.ts';

/** Edits that write `column` into a header cell, without the blanks around the old name; quotes stay. */
export function setHeaderName(
  { document, layout: { header } }: FixScope,
  cell: number,
  column: ColumnName,
): TextEdit[] {
  const raw = header?.cells[cell];
  if (header === undefined || raw === undefined) return [];
  return [setRawCell(document, header, cell, raw.startsWith('"') ? `"${column}"` : column)];
}
