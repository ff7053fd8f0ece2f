import { getLocation, type Location } from 'jsonc-parser';
import type { Position, Range, TextEdit } from '../../text/position.ts';
import type { Template } from '../../text/message.ts';
import type { Say } from '../../text/message.ts';
import type { MappingRow } from '../../mapping/row.ts';
import { columnFor, joinedFields } from '../../nodes/joinedFields.ts';
import type { NodeModel } from '../../nodes/nodeModel.ts';
import type { FailedNodesDocument } from '../../failedNodes/document.ts';
import { insertFields } from '../../failedNodes/insertFields.ts';

/** A value for a field of an entry, in quotes. */
export interface EntrySuggestion {
  readonly kind: 'status' | 'node';
  readonly label: string;
  readonly detail: string;
  readonly newText: string;
  /** Fills the other fields of the same node. */
  readonly alsoEdits: readonly TextEdit[];
}

export interface EntrySuggestions {
  /** The old value with its quotes. */
  readonly range: Range;
  readonly items: readonly EntrySuggestion[];
  readonly isIncomplete: boolean;
}

export const statusMessages = {
  failed: 'the node is retried',
  success: 'booted by hand: left out of further attempts and considered booted',
} as const satisfies Readonly<Record<string, Template>>;

/** More than anybody reads; what was typed narrows a longer list. */
const maxItems = 200;

/** What could stand in the value at a position: a status, or a name of a node of the mapping file. */
export function completeEntry(nodes: NodeModel, position: Position, say: Say): EntrySuggestions | undefined {
  const { failed } = nodes;
  if (failed === undefined) return undefined;
  const offset = failed.lines.offset(position);
  const spot = valueSpot(failed.text, offset);
  if (spot === undefined) return undefined;
  const { index, key, from, to } = spot;
  const range = failed.lines.range(from, to);
  if (key === 'status') {
    const items = (['success', 'failed'] as const).map((status) =>
      plain('status', status, say(statusMessages[status])),
    );
    return { range, items, isIncomplete: false };
  }
  const typed = failed.text.slice(from, offset).replace(/^"/, '').toLowerCase();
  const all = candidates(nodes, index, key, '');
  // Editors narrow a short list themselves, with better matching than this.
  const isLong = all.length > maxItems;
  const found = isLong ? candidates(nodes, index, key, typed) : all;
  const items = found.slice(0, maxItems).map((row) => nodeItem(failed, index, key, row));
  return { range, items, isIncomplete: isLong };
}

interface ValueSpot {
  readonly index: number;
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

function valueSpot(text: string, offset: number): ValueSpot | undefined {
  const location = locate(text, offset);
  const [list, index, key, ...deeper] = location?.path ?? [];
  if (location === undefined || location.isAtPropertyKey || deeper.length > 0) return undefined;
  if (list !== 'failed_nodes' || typeof index !== 'number' || typeof key !== 'string') return undefined;
  if (key !== 'status' && columnFor(key) === undefined) return undefined;
  const node = location.previousNode;
  if (node === undefined || offset > node.offset + node.length) return { index, key, from: offset, to: offset };
  if (node.type === 'property') return undefined;
  return { index, key, from: node.offset, to: node.offset + node.length };
}

function locate(text: string, offset: number): Location | undefined {
  try {
    return getLocation(text, offset);
  } catch {
    // It is recursive: thousands of nested brackets exhaust the stack.
    return undefined;
  }
}

/** Rows that no other entry names, with a value that holds what was typed. */
function candidates(nodes: NodeModel, index: number, key: string, typed: string): MappingRow[] {
  const column = columnFor(key);
  if (column === undefined) return [];
  const rows: MappingRow[] = [];
  for (const row of nodes.mapping?.rows ?? []) {
    const value = row.text[column];
    if (value === '' || !value.toLowerCase().includes(typed)) continue;
    if (nodes.nodeOf(row).entries.some((entry) => entry.index !== index)) continue;
    rows.push(row);
    // One more shows that there are more.
    if (rows.length > maxItems) break;
  }
  return rows;
}

function nodeItem(document: FailedNodesDocument, index: number, key: string, { text }: MappingRow): EntrySuggestion {
  const value = text[columnFor(key) ?? 'BMC_IP'];
  const names = joinedFields.flatMap(([other, column]) => (other === key || text[column] === '' ? [] : text[column]));
  const detail = [...names, text.FUNCTIONAL_GROUP_NAME].filter((part) => part !== '').join(' · ');
  return { ...plain('node', value, detail), alsoEdits: otherFields(document, index, key, text) };
}

/** The other names of the node; missing keys are added only where the JSON is sound enough to say where. */
function otherFields(
  document: FailedNodesDocument,
  index: number,
  key: string,
  text: MappingRow['text'],
): readonly TextEdit[] {
  const entry = document.entries[index];
  if (entry?.node.type !== 'object') return [];
  const others = joinedFields.flatMap(([other, column]) => (other === key ? [] : [[other, text[column]] as const]));
  const present = others.flatMap(([other, value]): TextEdit[] => {
    const field = entry.fields.get(other);
    return field === undefined || field.value === value ? [] : [{ range: field.range, newText: JSON.stringify(value) }];
  });
  const missing = others.filter(([other, value]) => !entry.fields.has(other) && value !== '');
  const added = document.faults.length === 0 ? insertFields(document, entry, missing) : undefined;
  return added === undefined ? present : [...present, added];
}

function plain(kind: EntrySuggestion['kind'], label: string, detail: string): EntrySuggestion {
  return { kind, label, detail, newText: JSON.stringify(label), alsoEdits: [] };
}
