import type { MappingRow } from '../mapping/row.ts';
import { firstOf } from '../validation/firstOf.ts';
import type { MappingModel } from '../validation/model.ts';

/** Rows whose hostname has the characters of `query` in this order, case ignored; the best first. */
export function findNodes(model: MappingModel, query: string, limit: number): MappingRow[] {
  const wanted = query.trim().toLowerCase();
  const found: { readonly row: MappingRow; readonly rank: number }[] = [];
  for (const row of model.rows) {
    const rank = rankOf(row.text.HOSTNAME.toLowerCase(), wanted);
    if (rank !== undefined) found.push({ row, rank });
  }
  return firstOf(found, limit, (a, b) => a.rank - b.rank || a.row.record.order - b.row.record.order).map(
    ({ row }) => row,
  );
}

/** 0 the whole name, 1 its beginning, 2 somewhere in it, 3 scattered; undefined: not in it. */
function rankOf(name: string, wanted: string): number | undefined {
  if (name === '') return undefined;
  if (name === wanted) return 0;
  const at = name.indexOf(wanted);
  if (at !== -1) return at === 0 ? 1 : 2;
  let from = 0;
  for (const character of wanted) {
    const next = name.indexOf(character, from);
    if (next === -1) return undefined;
    from = next + character.length;
  }
  return 3;
}
