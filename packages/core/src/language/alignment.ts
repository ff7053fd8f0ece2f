import type { Position, Range } from '../text/position.ts';
import type { CsvRecord } from '../csv/record.ts';
import type { MappingModel } from '../validation/model.ts';
import { wholeFileRows } from './limits.ts';

/** Blanks shown after a cell so that columns are aligned. */
export interface Pad {
  readonly position: Position;
  readonly width: number;
}

/** An editor asks for the lines it shows; more than this is more than anybody can see. */
const maxRecords = 1_000;
/** A cell wider than this does not push the others aside. */
const maxWidth = 60;

interface Line {
  readonly index: number;
  readonly record: CsvRecord;
}

/** Padding for the header and the rows within `range`. The header's names count for the widths even when out of sight. */
export function alignmentPads(model: MappingModel, range: Range): Pad[] {
  const lines = linesIn(model, range);
  return padsOf(model, lines, widthsOf([...lines, ...headerOf(model)]));
}

/** Padding of a table whose header stays in view, wherever it is. */
export interface TablePads {
  readonly header: readonly Pad[];
  readonly rows: readonly Pad[];
}

/**
 * Padding for the header and for the rows within `range`. Columns are as wide as their widest cell in the file, so that
 * they stay in place while it is scrolled; in a very large one, in these lines.
 */
export function tablePads(model: MappingModel, range: Range): TablePads {
  const header = headerOf(model);
  const rows = linesIn(model, range).filter(({ index }) => index !== model.layout.headerIndex);
  const widths = model.rowCount > wholeFileRows ? widthsOf([...header, ...rows]) : widthsInFile(model);
  return { header: padsOf(model, header, widths), rows: padsOf(model, rows, widths) };
}

function widthsInFile(model: MappingModel): number[] {
  const rows = Array.from(model.rows).filter(({ record }) => record.lineCount === 1);
  return widthsOf([...headerOf(model), ...rows]);
}

function headerOf({ layout: { header, headerIndex } }: MappingModel): Line[] {
  return header === undefined || header.lineCount > 1 ? [] : [{ index: headerIndex, record: header }];
}

function linesIn(model: MappingModel, range: Range): Line[] {
  const { document } = model;
  const first = document.indexAtLine(range.start.line);
  const last = Math.min(document.indexAtLine(range.end.line), first + maxRecords - 1);
  const lines: Line[] = [];
  for (let index = first; index <= last; index++) {
    const record = document.records[index];
    if (record === undefined || record.lineCount > 1) continue;
    const kind = model.kindOf(record);
    if (kind === 'header' || kind === 'row') lines.push({ index, record });
  }
  return lines;
}

function widthsOf(lines: Iterable<{ readonly record: CsvRecord }>): number[] {
  const widths: number[] = [];
  for (const { record } of lines) {
    for (const [cell, raw] of record.cells.entries()) {
      widths[cell] = Math.max(widths[cell] ?? 0, Math.min(raw.length, maxWidth));
    }
  }
  return widths;
}

function padsOf(model: MappingModel, lines: readonly Line[], widths: readonly number[]): Pad[] {
  return lines.flatMap(({ index, record }) => {
    let offset = 0;
    const pads: Pad[] = [];
    // Nothing follows the last cell.
    for (const [cell, raw] of record.cells.slice(0, -1).entries()) {
      offset += raw.length + (cell === 0 ? 0 : 1);
      const width = (widths[cell] ?? 0) - raw.length;
      if (width > 0) pads.push({ position: model.document.positionAt(index, offset), width });
    }
    return pads;
  });
}
