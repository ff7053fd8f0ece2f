import type { Position, Range } from '../../text/position.ts';
import { entryAt, fieldAt } from '../../failedNodes/document.ts';
import { cellSpotOf, type CellSpot } from '../cellSpot.ts';
import { renameMessages, type RenameRefusal } from '../rename.ts';
import { columnFor } from '../../nodes/joinedFields.ts';
import type { NodeModel } from '../../nodes/nodeModel.ts';
import { rowsOfEntry } from './places.ts';

export const entrySpotMessages = {
  notInMapping: 'No row of the mapping file has this bmc_ip and this name, so there is nothing to rename.',
} as const;

/** A name in an entry and the cell of the mapping file that it repeats. */
export interface EntrySpot {
  readonly spot: CellSpot;
  /** The name in failed_nodes.json without its quotes. */
  readonly range: Range;
}

/** The name under the cursor, for a rename from failed_nodes.json. */
export function entrySpot(nodes: NodeModel, position: Position): EntrySpot | RenameRefusal {
  const { mapping, failed } = nodes;
  const entry = failed === undefined ? undefined : entryAt(failed, position);
  const [key, field] = (entry === undefined ? undefined : fieldAt(entry, position)) ?? [];
  const column = columnFor(key ?? '');
  if (entry === undefined || field === undefined || (column !== 'HOSTNAME' && column !== 'SERVICE_TAG')) {
    return { refusal: renameMessages.notHere, params: {} };
  }
  const row = rowsOfEntry(nodes, entry).find(({ text }) => text[column] === field.value && field.value !== '');
  const spot = row === undefined || mapping === undefined ? undefined : cellSpotOf(mapping, row, column);
  if (spot === undefined) return { refusal: entrySpotMessages.notInMapping, params: {} };
  const { start, end } = field.range;
  const inside = { start: { ...start, character: start.character + 1 }, end: { ...end, character: end.character - 1 } };
  return { spot, range: inside };
}
