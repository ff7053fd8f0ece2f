import type { MappingRow } from '../mapping/row.ts';

export function byOrder(a: MappingRow, b: MappingRow): number {
  return a.record.order - b.record.order;
}

/** Inserts into rows that are sorted by file order; appending costs nothing. */
export function insertInOrder(rows: MappingRow[], row: MappingRow): void {
  const last = rows.at(-1);
  if (last === undefined || last.record.order <= row.record.order) rows.push(row);
  else rows.splice(lowerBound(rows, row), 0, row);
}

/** Removes a row from rows that are sorted by file order. */
export function removeRow(rows: MappingRow[], row: MappingRow): void {
  const guess = lowerBound(rows, row);
  // The row may have left the document, and its neighbours been numbered anew since.
  const index = rows[guess] === row ? guess : rows.indexOf(row);
  if (index !== -1) rows.splice(index, 1);
}

function lowerBound(rows: readonly MappingRow[], row: MappingRow): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.record.order ?? 0) < row.record.order) low = middle + 1;
    else high = middle;
  }
  return low;
}
