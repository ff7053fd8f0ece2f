import type { TextEdit } from '../text/position.ts';
import { strip } from '../text/pythonText.ts';
import type { FailureCause } from './advice.ts';
import type { FailedEntry, FailedNodesDocument } from './document.ts';
import type { NodeStatus } from './edits.ts';
import { bmcIpOf, causeOf } from './entryText.ts';
import { insertFields } from './insertFields.ts';

/** Which entries are meant: those of some nodes, of one cause, or all. */
export type MarkTargets = readonly string[] | 'all' | { readonly cause: FailureCause };

/** The entries of `targets` that have another status than `status`, in file order. */
export function entriesToMark(document: FailedNodesDocument, targets: MarkTargets, status: NodeStatus): FailedEntry[] {
  return document.entries.filter(
    (entry) => entry.node.type === 'object' && entry.fields.get('status')?.value !== status && isMeant(entry, targets),
  );
}

function isMeant(entry: FailedEntry, targets: MarkTargets): boolean {
  if (targets === 'all') return true;
  if ('cause' in targets) return causeOf(entry) === targets.cause;
  const bmcIp = bmcIpOf(entry);
  return bmcIp !== undefined && targets.includes(bmcIp);
}

/**
 * Sets the status of entries, and changes nothing else in the file. No edits in a merge conflict: which side stays is
 * not known.
 */
export function markEdits(
  document: FailedNodesDocument,
  entries: readonly FailedEntry[],
  status: NodeStatus,
): TextEdit[] {
  if (document.conflicts.length > 0) return [];
  return entries.flatMap((entry) => {
    const field = entry.fields.get('status');
    if (field === undefined) return insertFields(document, entry, [['status', status]]) ?? [];
    return field.value === status ? [] : { range: field.range, newText: JSON.stringify(status) };
  });
}

/** The status that a value certainly means: only its case or blanks are wrong. */
export function certainStatus(value: unknown): NodeStatus | undefined {
  const text = typeof value === 'string' ? strip(value).toLowerCase() : '';
  return text === 'success' || text === 'failed' ? text : undefined;
}

/** Repairs of every status that surely means `success` or `failed`; what "fix on save" does. */
export function statusRepairs(document: FailedNodesDocument): TextEdit[] {
  return document.entries.flatMap(({ fields }) => {
    const field = fields.get('status');
    const status = certainStatus(field?.value);
    if (field === undefined || status === undefined || field.value === status) return [];
    return { range: field.range, newText: JSON.stringify(status) };
  });
}
