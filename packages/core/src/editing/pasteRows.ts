import { isBlank } from '../csv/record.ts';
import { lineEndOf } from '../csv/edits.ts';
import type { Layout } from '../mapping/layout.ts';
import { recognise, type Recognised } from '../mapping/recognise.ts';
import { columnOfSource } from '../mapping/sourceNames.ts';
import { readSourceTable, type SourceTable } from '../mapping/sourceTable.ts';
import { mergeConflictIn } from '../plan/obstacles.ts';
import { sayObstacle } from '../plan/changeTexts.ts';
import type { Say } from '../text/message.ts';
import { comparePositions, type Range, type TextEdit } from '../text/position.ts';
import type { MappingModel } from '../validation/model.ts';
import { editingTexts } from './editingTexts.ts';
import { appendRows, insertBelow, lineOf, type NewRow } from './rowText.ts';
import { refusedChange, type TableChange } from './tableChange.ts';

export interface PasteRows {
  readonly kind: 'paste';
  /** What the clipboard holds. */
  readonly text: string;
  /** The selection that it goes to; undefined: the end of the file, where Omnia wants new rows (omnia.md section 5.1). */
  readonly at?: Range;
}

/**
 * A table of another program as rows of this file. Undefined for what is not a table with columns of the file, for rows
 * that are already in this file's format, and for a place inside a row: these are pasted as they are.
 */
export function pasteRows(model: MappingModel, { text, at }: PasteRows, say: Say): TableChange | undefined {
  const { layout } = model;
  const table = layout.headerIndex < 0 ? undefined : readSourceTable(text);
  if (table === undefined) return undefined;
  const found = recognise(table, layout, (column) => model.index(column).keys());
  const placed = found.cells.filter((cell) => cell !== undefined).length;
  if (placed < 2 || (at !== undefined && isAsInFile(model, text, table, found))) return undefined;
  const conflict = mergeConflictIn(model);
  if (conflict !== undefined) return refusedChange(sayObstacle(conflict, say));
  const { rows, leftOut } = newRows(table, found, layout);
  const edit = at === undefined ? appendRows(model, rows) : editAt(model, at, rows);
  if (edit === undefined || rows.length === 0) return undefined;
  return { edits: [edit], count: rows.length, notes: notesOf(table, found, leftOut, say), refused: null };
}

/** Whether a plain paste gives the same rows. */
function isAsInFile({ document, layout }: MappingModel, text: string, table: SourceTable, found: Recognised): boolean {
  const isInOrder = found.cells.every((cell, at) => cell === at);
  if (found.hasHeader || !isInOrder || table.width !== layout.cells.length || table.leftOut > 0) return false;
  return text.split(/\r\n|\r|\n/).every((line) => line === '' || line.split(document.delimiter).length === table.width);
}

interface Rows {
  readonly rows: readonly NewRow[];
  readonly leftOut: number;
}

/** @param table its lines without one of the file's columns, and headers further down, are no rows */
export function newRows({ rows, leftOut }: SourceTable, { cells, hasHeader }: Recognised, layout: Layout): Rows {
  const made = rows.slice(hasHeader ? 1 : 0).flatMap((values) => {
    if (isHeader(values)) return [];
    const row = layout.cells.map((_, cell) => values[cells.indexOf(cell)] ?? '');
    return row.every((value) => value === '') ? [] : [row];
  });
  return { rows: made, leftOut: leftOut + rows.length - (hasHeader ? 1 : 0) - made.length };
}

/** This many names of columns in one line are no coincidence. */
const leastNames = 5;

function isHeader(values: readonly string[]): boolean {
  return values.filter((value) => columnOfSource(value) !== undefined).length >= leastNames;
}

/** Replaces whole lines or an empty one; from the beginning of a row it goes above it, from elsewhere below it. */
function editAt(model: MappingModel, range: Range, rows: readonly NewRow[]): TextEdit | undefined {
  const { document, layout } = model;
  const eol = lineEndOf(document);
  const lines = rows.map((row) => lineOf(model, row)).join(eol);
  const index = document.indexAtLine(range.start.line);
  const record = document.records[index];
  if (comparePositions(range.start, range.end) !== 0) return replaceLines(model, range, lines);
  if (index <= layout.headerIndex || record === undefined) return insertBelow(model, layout.headerIndex, rows);
  if (isBlank(record)) return { range: document.recordRange(index), newText: record.eol === '' ? lines + eol : lines };
  if (range.start.character === 0 && range.start.line === document.lineOf(index))
    return { range, newText: lines + eol };
  return insertBelow(model, index, rows);
}

function replaceLines({ document, layout }: MappingModel, range: Range, lines: string): TextEdit | undefined {
  const first = document.indexAtLine(range.start.line);
  const last = document.indexAtLine(range.end.line);
  const isFromStart = comparePositions(range.start, document.recordRange(first).start) === 0;
  if (first <= layout.headerIndex || !isFromStart) return undefined;
  const { start, end } = document.recordRange(last);
  if (comparePositions(range.end, end) === 0) return { range, newText: lines };
  return comparePositions(range.end, start) === 0 ? { range, newText: lines + lineEndOf(document) } : undefined;
}

/** What is not taken over from a source. */
export function notesOf({ rows }: SourceTable, { cells, hasHeader }: Recognised, leftOut: number, say: Say): string[] {
  const [names = []] = rows;
  const lost = cells.flatMap((cell, at) =>
    cell === undefined && rows.some((row) => row[at] !== '') ? [hasHeader ? (names[at] ?? '') : String(at + 1)] : [],
  );
  return [
    ...(lost.length === 0 ? [] : [say(editingTexts.columnsLeftOut, { columns: lost.join(', ') })]),
    ...(leftOut === 0 ? [] : [say(editingTexts.linesLeftOut, { count: leftOut })]),
  ];
}
