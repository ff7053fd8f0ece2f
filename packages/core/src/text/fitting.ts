import type { Paragraph } from './notice.ts';

/** What a question of VS Code shows in a window of 1280×800 without being scrolled, with the narrowest box that it makes. */
export const questionSize = { lines: 29, columns: 56 } as const;

/** Rows of a single text: at least so many, and as many more as there is room for. */
const textRows: { readonly least: number; readonly most: number } = { least: 4, most: 12 };
/** Of the last paragraph, in lines. */
const mostLast = 4;

type Lines = readonly string[];

/** Buttons make the box wider than its least width: measured with VS Code's fonts, and rounded down. */
const pixels = { perCharacter: 6, perButton: 24, perColumn: 6.8 } as const;

/** A box is not wider than its window. */
const mostColumns = 150;

/** Whether all of it is seen at once, in the narrowest box or above these buttons. */
export function fits(paragraphs: readonly Paragraph[], buttons: readonly string[] = []): boolean {
  return heightOf(paragraphs, columnsAbove(buttons)) <= questionSize.lines;
}

/** Columns of the text above these buttons and Cancel, which VS Code adds. */
function columnsAbove(buttons: readonly string[]): number {
  const widths = [...buttons, 'Cancel'].map((label) => label.length * pixels.perCharacter + pixels.perButton);
  const width = widths.reduce((sum, one) => sum + one);
  return Math.min(Math.max(questionSize.columns, Math.floor(width / pixels.perColumn)), mostColumns);
}

/**
 * As much of a question as is seen at once: first without the gaps between single sentences, then with long texts
 * shortened, then without what comes last but the last paragraph, which says where.
 * @param rest says where all of it is
 * @param buttons labels, without Cancel
 */
export function fitted(
  paragraphs: readonly Paragraph[],
  rest: string,
  buttons: readonly string[] = [],
): readonly Paragraph[] {
  const columns = columnsAbove(buttons);
  const isSeen = (all: readonly Paragraph[]): boolean => heightOf(all, columns) <= questionSize.lines;
  if (isSeen(paragraphs)) return paragraphs;
  const close = squeezed(paragraphs);
  if (isSeen(close)) return close;
  const shortTo = (rows: number): Lines[] => close.map((lines) => lines.map((line) => clipped(line, rows, columns)));
  for (let rows = textRows.most; rows > textRows.least; rows--) {
    const short = shortTo(rows);
    const whole = [...short.slice(0, -1), [...(short.at(-1) ?? []), rest]];
    if (isSeen(whole)) return whole;
  }
  return cut(shortTo(textRows.least), rest, columns);
}

/** Without what comes last but the last paragraph. */
function cut(paragraphs: readonly Lines[], rest: string, columns: number): Lines[] {
  const end = [...(paragraphs.at(-1) ?? []).slice(-mostLast), rest];
  const shown: Lines[] = [];
  let left = questionSize.lines - heightOf([end], columns) - 1;
  for (const lines of paragraphs.slice(0, -1)) {
    const kept = withoutLoneTitle(lines.slice(0, countWithin(lines, left, columns)), lines);
    if (kept.length > 0) shown.push(kept);
    left -= heightOf([kept], columns) + 1;
    if (kept.length < lines.length) break;
  }
  return [...shown, end];
}

/** Paragraphs of one line become one of several, but for the first and the last. */
function squeezed(paragraphs: readonly Paragraph[]): Lines[] {
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

function heightOf(paragraphs: readonly Paragraph[], columns: number): number {
  const heights = paragraphs.map((lines) => [lines].flat().reduce((sum, line) => sum + rowsOf(line, columns), 0));
  return heights.reduce((sum, height) => sum + height + 1, -1);
}

/** Words that do not fit go on in the next row, so that a row is not filled to its end. */
function rowsOf(line: string, columns: number): number {
  let [rows, column] = [1, 0];
  for (const word of line.split(' ')) {
    if (column > 0 && column + 1 + word.length > columns) [rows, column] = [rows + 1, 0];
    column += (column === 0 ? 0 : 1) + word.length;
    const further = Math.max(0, Math.ceil(column / columns) - 1);
    [rows, column] = [rows + further, column - further * columns];
  }
  return rows;
}

function countWithin(lines: readonly string[], rows: number, columns: number): number {
  let used = 0;
  const end = lines.findIndex((line) => (used += rowsOf(line, columns)) > rows);
  return end === -1 ? lines.length : end;
}

/** At most this many rows of a text: without its last sentences if that leaves out little, else without its last words. */
function clipped(line: string, rows: number, columns: number): string {
  if (rowsOf(line, columns) <= rows) return line;
  let text = line;
  while (rowsOf(`${text}…`, columns) > rows) {
    const word = text.lastIndexOf(' ');
    text = text.slice(0, word > 0 ? word : -Math.ceil(text.length / 20) - 1);
  }
  const sentence = text.slice(0, text.lastIndexOf('. ') + 1);
  return sentence !== '' && rowsOf(sentence, columns) >= rows - 1 ? sentence : `${text.trimEnd()}…`;
}
