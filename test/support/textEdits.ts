import { comparePositions, type TextEdit } from '@omnia-buildstream/core/text/position';

/** The text after edits whose ranges all refer to the original text. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = [0];
  for (const { index, 0: eol } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + eol.length);
  const offset = ({ line, character }: TextEdit['range']['start']): number =>
    line >= starts.length ? text.length : Math.min((starts[line] ?? 0) + character, text.length);
  return edits
    .toSorted((a, b) => comparePositions(b.range.start, a.range.start))
    .reduce(
      (result, { range, newText }) => result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)),
      text,
    );
}
