import type { Paragraph } from './notice.ts';

/** What a question of VS Code shows in a window of 1280×800 without being scrolled, with the narrowest box that it makes. */
export const questionSize = { lines: 29, columns: 56 } as const;

/** More of one text nobody reads before they answer. */
const longestLine = 4;
/** Of the last paragraph, in lines. */
const mostLast = 4;

/** Whether all of it is seen at once. */
export function fits(paragraphs: readonly Paragraph[]): boolean {
  return heightOf(paragraphs) <= questionSize.lines;
}

/**
 * As much of a question as is seen at once, first without the gaps between single sentences, then without what comes last
 * but the last paragraph, which says where.
 * @param rest says where all of it is
 */
export function fitted(paragraphs: readonly Paragraph[], rest: string): readonly Paragraph[] {
  if (fits(paragraphs)) return paragraphs;
  const close = squeezed(paragraphs);
  if (fits(close)) return close;
  const short = close.map((lines) => lines.map(clipped));
  const end = [...(short.at(-1) ?? []).slice(-mostLast), rest];
  const shown: (readonly string[])[] = [];
  let left = questionSize.lines - heightOf([end]) - 1;
  for (const lines of short.slice(0, -1)) {
    const kept = withoutLoneTitle(lines.slice(0, countWithin(lines, left)), lines);
    if (kept.length > 0) shown.push(kept);
    left -= heightOf([kept]) + 1;
    if (kept.length < lines.length) break;
  }
  return [...shown, end];
}

/** Paragraphs of one line become one of several, but for the first and the last. */
function squeezed(paragraphs: readonly Paragraph[]): (readonly string[])[] {
  const close: string[][] = [];
  let isOpen = false;
  for (const [index, paragraph] of paragraphs.entries()) {
    const lines = [paragraph].flat();
    const [only, ...more] = lines;
    const isSingle = only !== undefined && more.length === 0 && index > 0 && index < paragraphs.length - 1;
    if (isSingle && isOpen) close.at(-1)?.push(only);
    else close.push(lines);
    isOpen = isSingle;
  }
  return close;
}

/** A title says nothing without what stands below it. */
function withoutLoneTitle(kept: readonly string[], all: readonly string[]): readonly string[] {
  return kept.length === 1 && all.length > 1 && kept[0]?.endsWith(':') === true ? [] : kept;
}

function heightOf(paragraphs: readonly Paragraph[]): number {
  const heights = paragraphs.map((lines) => [lines].flat().reduce((sum, line) => sum + rowsOf(line), 0));
  return heights.reduce((sum, height) => sum + height + 1, -1);
}

/** Words that do not fit go on in the next row, so that a row is not filled to its end. */
function rowsOf(line: string): number {
  let [rows, column] = [1, 0];
  for (const word of line.split(' ')) {
    if (column > 0 && column + 1 + word.length > questionSize.columns) [rows, column] = [rows + 1, 0];
    column += (column === 0 ? 0 : 1) + word.length;
    const further = Math.max(0, Math.ceil(column / questionSize.columns) - 1);
    [rows, column] = [rows + further, column - further * questionSize.columns];
  }
  return rows;
}

function countWithin(lines: readonly string[], rows: number): number {
  let used = 0;
  const end = lines.findIndex((line) => (used += rowsOf(line)) > rows);
  return end === -1 ? lines.length : end;
}

function clipped(line: string): string {
  let text = line;
  while (rowsOf(text) > longestLine) text = `${text.slice(0, -Math.ceil(text.length / 20) - 1).trimEnd()}…`;
  return text;
}
