import { findNodeAtLocation, getNodeValue, printParseErrorCode, type Node } from 'jsonc-parser';
import { wordsOf } from '../text/jsonTree.ts';
import { readJsonTree, type JsonTree } from '../text/jsonTree.ts';
import { LineIndex } from '../text/lineIndex.ts';
import { containsPosition, type Position, type Range } from '../text/position.ts';

/** A key of an object with its value, as they stand in the text. */
export interface JsonField {
  readonly value: unknown;
  readonly node: Node;
  readonly range: Range;
  readonly keyRange: Range;
}

/** One element of `failed_nodes`; `fields` is empty when it is no object. Of doubled keys the last counts, as in Python. */
export interface FailedEntry {
  readonly index: number;
  readonly node: Node;
  readonly range: Range;
  readonly fields: ReadonlyMap<string, JsonField>;
}

export interface SyntaxFault {
  /** What the parser missed or stumbled over, in words. */
  readonly reason: string;
  readonly range: Range;
}

/** failed_nodes.json as text with the places of everything in it; broken JSON is understood as far as possible. */
export interface FailedNodesDocument {
  readonly text: string;
  readonly root: Node | undefined;
  readonly faults: readonly SyntaxFault[];
  readonly header: ReadonlyMap<string, JsonField>;
  readonly entries: readonly FailedEntry[];
  readonly lines: LineIndex;
}

/** Omnia deploys some thousand nodes; a longer list would take too long at each keystroke. */
const mostEntries = 10_000;

/** Reads the text; never throws. A byte order mark counts for no position. */
export function readFailedNodesDocument(source: string): FailedNodesDocument {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source;
  const lines = new LineIndex(text);
  const { root, errors, refusal } = readList(text);
  const faults = errors.map(({ error, offset, length }) => ({
    reason: wordsOf(printParseErrorCode(error)),
    range: lines.range(offset, offset + length),
  }));
  if (refusal !== undefined) faults.push({ reason: refusal, range: lines.range(0, Math.min(1, text.length)) });
  const header = fieldsOf(root, lines);
  const list = header.get('failed_nodes')?.node;
  const entries = list?.type === 'array' ? (list.children ?? []).map((node, index) => entry(node, index, lines)) : [];
  return { text, root, faults, header, entries, lines };
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
  const tree = readJsonTree(text, { disallowComments: true, allowTrailingComma: false });
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
