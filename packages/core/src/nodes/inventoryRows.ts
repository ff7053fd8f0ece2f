import { faultPhrase, inventoryCommand, inventoryTexts, pxebootInventory } from '../plan/inventory.ts';
import { omniaTargetsIn, type ReadMapping } from '../plan/targets.ts';
import type { Say } from '../text/message.ts';
import { wordsOf } from '../text/phrase.ts';
import { seenTarget, type SeenRow } from './seenRow.ts';

/** An inventory for Omnia's own PXE boot, from nodes as somebody saw them; both texts in the user's language. */
export type RowsInventory =
  | { readonly text: string; readonly count: number; readonly howTo: string; readonly refused: null }
  | { readonly refused: string };

/** A row that is no longer there is left out, and so is one without a BMC_IP. */
export function inventoryOfRows(file: ReadMapping, seen: readonly SeenRow[], say: Say): RowsInventory {
  const rows = omniaTargetsIn(file);
  const wanted = new Set(seen.flatMap((row) => seenTarget(rows, row) ?? []));
  const targets = rows.filter((row) => wanted.has(row) && row.bmcIp.trim() !== '');
  if (targets.length === 0) return { refused: say(inventoryTexts.noNode) };
  const made = pxebootInventory(targets);
  if ('fault' in made) return { refused: wordsOf(faultPhrase(made.fault), say) };
  const howTo = say(inventoryTexts.howTo, { command: inventoryCommand });
  return { text: made.text, count: targets.length, howTo, refused: null };
}
