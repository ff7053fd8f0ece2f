import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import { readJsonTree, type JsonTree } from '../text/jsonTree.ts';
import { withPlainNumbers } from '../text/pythonJson.ts';
import type { DoubledKey, JsonField, SyntaxFault } from './jsonParts.ts';
import { conflictsIn, type Conflict } from '../text/conflicts.ts';
import { LineIndex } from '../text/lineIndex.ts';
import { faultsOf } from './syntaxFault.ts';
import { upperSides } from './upperSides.ts';
import { doubledKeys } from './doubledKeys.ts';
import { containsPosition, type Position, type Range } from '../text/position.ts';

/** One element of `failed_nodes`; `fields` is empty when it is no object. Of doubled keys the last counts, as in Python. */
export interface FailedEntry {
  readonly index: number;
  readonly node: Node;
  readonly range: Range;
  readonly fields: ReadonlyMap<string, JsonField>;
}

/** failed_nodes.json as text with the places of everything in it; broken JSON is understood as far as possible. */
export interface FailedNodesDocument {
  /** Without byte order mark. */
  readonly text: string;
  /** Bytes on which Omnia's parser fails, as far as a text shows them. */
  readonly bytes: 'byte-order-mark' | 'utf-16' | undefined;
  /** Where a merge left both sides; the upper one is read. */
  readonly conflicts: readonly Conflict[];
  readonly doubled: readonly DoubledKey[];
  readonly root: Node | undefined;
  readonly faults: readonly SyntaxFault[];
  readonly header: ReadonlyMap<string, JsonField>;
  readonly entries: readonly FailedEntry[];
  readonly lines: LineIndex;
}

/** Omnia deploys some thousand nodes; a longer list would take too long at each keystroke. */
const mostEntries = 10_000;

/** A text of such bytes contains nothing readable. */
const unread: JsonTree = { root: undefined, errors: [], refusal: 'UTF-16, not UTF-8' };

/** Reads the text; never throws. A byte order mark does not count in positions. */
export function readFailedNodesDocument(source: string): FailedNodesDocument {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source;
  const lines = new LineIndex(text);
  const bytes = bytesOf(source);
  const conflicts = conflictsIn(text);
  const { root, errors, refusal } =
    bytes === 'utf-16' ? unread : readList(conflicts.length === 0 ? text : upperSides(text));
  const faults = faultsOf(errors, text, lines);
  if (refusal !== undefined) faults.push({ reason: refusal, range: lines.range(0, Math.min(1, text.length)) });
  const header = fieldsOf(root, lines);
  const list = header.get('failed_nodes')?.node;
  const entries = list?.type === 'array' ? (list.children ?? []).map((node, index) => entry(node, index, lines)) : [];
  const doubled = doubledKeys(root, text, lines);
  return { text, bytes, conflicts, doubled, root, faults, header, entries, lines };
}

/** What the first characters reveal about the bytes. */
export function bytesOf(source: string): FailedNodesDocument['bytes'] {
  if (source.startsWith('\ufeff')) return 'byte-order-mark';
  // UTF-16 that was read as UTF-8.
  return source.startsWith('\ufffd\ufffd') || source.slice(0, 4).includes('\0') ? 'utf-16' : undefined;
}

/** The text of a field that is a string, else undefined. */
export function stringOf(fields: ReadonlyMap<string, JsonField>, key: string): string | undefined {
  const value = fields.get(key)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The entry that a position lies in. */
export function entryAt({ entries }: FailedNodesDocument, position: Position): FailedEntry | undefined {
  return entries.find(({ range }) => containsPosition(range, position));
}

/** The key of the entry's field whose key or value a position lies in. */
export function fieldAt({ fields }: FailedEntry, position: Position): [key: string, field: JsonField] | undefined {
  return [...fields].find(
    ([, { range, keyRange }]) => containsPosition(range, position) || containsPosition(keyRange, position),
  );
}

/** The whole document as plain data, for the schema; undefined when there is none. */
export function valueOf({ root }: FailedNodesDocument): unknown {
  return root === undefined ? undefined : getNodeValue(root);
}

/** The tree, unless its list is longer than any cluster. */
function readList(text: string): JsonTree {
  const tree = readJsonTree(withPlainNumbers(text), { disallowComments: true, allowTrailingComma: false });
  const list = tree.root && findNodeAtLocation(tree.root, ['failed_nodes']);
  if ((list?.children?.length ?? 0) <= mostEntries) return tree;
  return { root: undefined, errors: [], refusal: `more than ${String(mostEntries)} entries` };
}

function entry(node: Node, index: number, lines: LineIndex): FailedEntry {
  return { index, node, range: rangeOf(node, lines), fields: fieldsOf(node, lines) };
}

function fieldsOf(node: Node | undefined, lines: LineIndex): ReadonlyMap<string, JsonField> {
  const fields = new Map<string, JsonField>();
  if (node?.type !== 'object') return fields;
  for (const { children } of node.children ?? []) {
    const [key, value] = children ?? [];
    if (key === undefined || value === undefined) continue;
    fields.set(String(key.value), {
      value: value.value as unknown,
      node: value,
      range: rangeOf(value, lines),
      keyRange: rangeOf(key, lines),
    });
  }
  return fields;
}

function rangeOf({ offset, length }: Node, lines: LineIndex): Range {
  return lines.range(offset, offset + length);
}
