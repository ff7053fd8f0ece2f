import { LineIndex } from './lineIndex.ts';
import type { TextEdit } from './position.ts';

/** A text after edits that do not overlap. A byte order mark does not count in positions, and stays. */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  const mark = source.startsWith('\ufeff') ? 1 : 0;
  const lines = new LineIndex(source.slice(mark));
  return edits
    .map(({ range, newText }) => ({
      from: lines.offset(range.start) + mark,
      to: lines.offset(range.end) + mark,
      newText,
    }))
    .sort((a, b) => b.from - a.from)
    .reduce((whole, { from, to, newText }) => whole.slice(0, from) + newText + whole.slice(to), source);
}
