import type { Node } from 'jsonc-parser';
import { lastVisible, nextVisible } from '../text/blanks.ts';
import type { LineIndex } from '../text/lineIndex.ts';
import type { Range } from '../text/position.ts';
import type { DoubledKey, JsonField } from './jsonParts.ts';

/** Keys that occur more than once in the root object and in every entry. */
export function doubledKeys(root: Node | undefined, text: string, lines: LineIndex): DoubledKey[] {
  if (root?.type !== 'object') return [];
  const lists = (root.children ?? []).flatMap(({ children }) =>
    children?.[0]?.value === 'failed_nodes' && children[1]?.type === 'array' ? (children[1].children ?? []) : [],
  );
  return [root, ...lists.filter(({ type }) => type === 'object')].flatMap((node) => doubledIn(node, text, lines));
}

function doubledIn({ children = [] }: Node, text: string, lines: LineIndex): DoubledKey[] {
  const found = new Map<string, Node[]>();
  for (const property of children) {
    const key = String(property.children?.[0]?.value);
    const same = found.get(key);
    if (same === undefined) found.set(key, [property]);
    else same.push(property);
  }
  return [...found].flatMap(([key, properties]) => {
    const fields = properties.flatMap((property) => fieldOf(property, lines) ?? []);
    return fields.length < 2 ? [] : [{ key, fields, places: properties.map((one) => placeOf(one, text, lines)) }];
  });
}

function fieldOf({ children }: Node, lines: LineIndex): JsonField | undefined {
  const [key, node] = children ?? [];
  if (key === undefined || node === undefined) return undefined;
  const [range, keyRange] = [node, key].map(({ offset, length }) => lines.range(offset, offset + length)) as [
    Range,
    Range,
  ];
  return { value: node.value as unknown, node, range, keyRange };
}

/** With the comma after it, else the one before it, and the blanks in between. */
function placeOf({ offset, length }: Node, text: string, lines: LineIndex): Range {
  const end = offset + length;
  const behind = nextVisible(text, end);
  if (text[behind] === ',') return lines.range(offset, nextVisible(text, behind + 1));
  const before = lastVisible(text, offset);
  return lines.range(text[before] === ',' ? before : offset, end);
}
