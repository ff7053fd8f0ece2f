import type { TextEdit } from '../text/position.ts';
import type { FailedEntry, FailedNodesDocument } from './document.ts';

/**
 * Adds keys at the end of an entry, spaced as its first key is. Unlike an edit of jsonc-parser, which rewrites whole
 * lines, it touches nothing else, so edits of several entries in one line do not collide. Undefined for anything but an
 * object.
 */
export function insertFields(
  { text, lines }: FailedNodesDocument,
  { node }: FailedEntry,
  fields: readonly (readonly [key: string, value: string])[],
): TextEdit | undefined {
  if (node.type !== 'object' || fields.length === 0) return undefined;
  const properties = (node.children ?? []).filter(({ children }) => children?.length === 2);
  const first = properties[0];
  const last = properties.at(-1);
  const blank = first === undefined ? '' : text.slice(node.offset + 1, first.offset);
  const separator = /^\s*$/.test(blank) ? blank : ' ';
  const colon = first?.colonOffset === undefined ? ': ' : (/^:[ \t]*/.exec(text.slice(first.colonOffset))?.[0] ?? ':');
  const shown = fields.map(([key, value]) => JSON.stringify(key) + colon + JSON.stringify(value));
  const at = last === undefined ? node.offset + 1 : last.offset + last.length;
  const newText = last === undefined ? ` ${shown.join(', ')} ` : shown.map((field) => `,${separator}${field}`).join('');
  return { range: lines.range(at, at), newText };
}
