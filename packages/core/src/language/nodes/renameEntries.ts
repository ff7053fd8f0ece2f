import type { TextEdit } from '../../text/position.ts';
import { stringOf } from '../../failedNodes/document.ts';
import { setField } from '../../failedNodes/edits.ts';
import type { Renaming } from '../rename.ts';
import { keyFor } from '../../nodes/joinedFields.ts';
import type { NodeModel } from '../../nodes/nodeModel.ts';

/** Follows a rename of rows in failed_nodes.json: entries of the same BMC_IP that still have the old name. */
export function renameEntries(nodes: NodeModel, { rows, column, newName }: Renaming): TextEdit[] {
  const { failed } = nodes;
  const key = keyFor(column);
  if (failed === undefined || key === undefined) return [];
  const entries = new Set(
    rows.flatMap((row) => nodes.nodeOf(row).entries.filter(({ fields }) => stringOf(fields, key) === row.text[column])),
  );
  return [...entries].flatMap((entry) => setField(failed, entry, key, newName));
}
