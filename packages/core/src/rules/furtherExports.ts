import { deleteRecord, replaceRecord } from '../csv/edits.ts';
import { cellValue, type CsvRecord } from '../csv/record.ts';
import type { CsvDocument } from '../csv/document.ts';
import { minNames, namesIn } from '../mapping/headerSight.ts';
import { strip } from '../text/pythonText.ts';
import type { TextEdit } from '../text/position.ts';

/** Headers below the first one, as a file has them that was made of several exports. */
export function furtherHeaders(document: CsvDocument, first: CsvRecord): CsvRecord[] {
  return document.records.slice(document.indexOf(first) + 1).filter((record) => namesIn(record).size >= minNames);
}

/** Lines with text in a single cell directly above a further header, such as a title. */
export function titlesAbove(document: CsvDocument, header: CsvRecord): CsvRecord[] {
  const titles: CsvRecord[] = [];
  let above = document.indexOf(header) - 1;
  for (let title = document.records[above]; isTitle(title); title = document.records[--above]) titles.push(title);
  return titles;
}

function isTitle(record: CsvRecord | undefined): record is CsvRecord {
  return record !== undefined && filledCells(record) === 1;
}

function filledCells({ cells }: CsvRecord): number {
  return cells.filter((raw) => strip(cellValue(raw)) !== '').length;
}

/**
 * Removes a further header, and gives the rows below it the column order of the first one. Empty if not every column of
 * one header is in the other.
 */
export function joinedTo(first: CsvRecord, header: CsvRecord, document: CsvDocument): TextEdit[] {
  const places = new Map([...namesIn(header)].map(([cell, column]) => [column, cell]));
  const wanted = namesIn(first);
  const order = first.cells.map((_raw, cell) => {
    const column = wanted.get(cell);
    return column === undefined ? undefined : places.get(column);
  });
  if (header.cells.length !== order.length || order.includes(undefined)) return [];
  const edits = [deleteRecord(document, header)];
  if (order.every((from, to) => from === to)) return edits;
  const below = document.records.slice(document.indexOf(header) + 1);
  const next = below.findIndex((record) => namesIn(record).size >= minNames);
  const rows = below
    .slice(0, next === -1 ? undefined : next)
    .filter((record) => record.cells.length === order.length && filledCells(record) > 1);
  return edits.concat(
    rows.map((row) =>
      replaceRecord(
        document,
        row,
        order.map((cell) => row.cells[cell ?? -1] ?? ''),
      ),
    ),
  );
}
