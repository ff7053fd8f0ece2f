import { lex } from '../csv/lexer.ts';
import { cellValue, isBlank, type Delimiter } from '../csv/record.ts';
import { strip } from '../text/pythonText.ts';

/** A table as another program gives it: a spreadsheet through the clipboard, an export of an inventory. */
export interface SourceTable {
  /** Values without quotes and blanks around them; every row has `width` cells. */
  readonly rows: readonly (readonly string[])[];
  readonly width: number;
  /** Lines that belong to no table: titles, notes, rows that were cut short. */
  readonly leftOut: number;
  /** The first row names the columns, whatever it holds. */
  readonly isNamed?: true;
}

/** In the order in which they win a draw; the clipboard of every spreadsheet has tabs. */
const separators: readonly Delimiter[] = ['\t', ';', '|', ','];
/** In at least this share of its lines a table has the same number of cells. */
const leastShare = 0.6;

/** The values of a text that is cut into cells at a separator; undefined where it cannot be. */
export type CutRows = (text: string, separator: Delimiter) => readonly (readonly string[])[] | undefined;

/** Undefined for a text that is no table of at least two columns. @param cut how its lines become cells */
export function readSourceTable(text: string, cut: CutRows = cutLeniently): SourceTable | undefined {
  const content = text.replace(/^\ufeff/, '');
  const tables = separators.flatMap((separator) => tableOf(cut(content, separator) ?? []) ?? []);
  return tables.sort((a, b) => b.width - a.width)[0];
}

/** As our own reader has it, which takes every text. */
function cutLeniently(text: string, separator: Delimiter): string[][] {
  return lex(text, separator)
    .records.filter((record) => !isBlank(record))
    .map(({ cells }) => cells.map(cellValue));
}

/** The rows that are as wide as most of them. Undefined where they have only one cell, or all widths. */
export function tableOf(lines: readonly (readonly string[])[]): SourceTable | undefined {
  const stripped = lines.map((cells) => cells.map(strip));
  const filled = stripped.filter((cells) => cells.some((value) => value !== ''));
  const width = commonest(filled.map((cells) => cells.length));
  const rows = filled.filter((cells) => cells.length === width);
  if (width < 2 || rows.length < filled.length * leastShare) return undefined;
  return { rows, width, leftOut: filled.length - rows.length };
}

/** The most frequent number in a list; 0 for an empty one. */
function commonest(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}
