import type { Position, Range } from '../text/position.ts';
import type { CsvRecord } from '../csv/record.ts';
import type { MappingModel } from '../validation/model.ts';

/** Blanks shown after a cell so that columns stand under each other. */
export interface Pad {
  readonly position: Position;
  readonly width: number;
}

/** An editor asks for the lines it shows; more than this is not for the eye. */
const maxRecords = 1_000;
/** A cell wider than this does not push the others away. */
const maxWidth = 60;

/** Padding for the header and the rows within `range`. The header's names count for the widths even when out of sight. */
export function alignmentPads(model: MappingModel, range: Range): Pad[] {
  const { document, layout } = model;
  const first = document.indexAtLine(range.start.line);
  const last = Math.min(document.indexAtLine(range.end.line), first + maxRecords - 1);
  const shown: { readonly index: number; readonly record: CsvRecord }[] = [];
  for (let index = first; index <= last; index++) {
    const record = document.records[index];
    if (record === undefined || record.lineCount > 1) continue;
    const kind = model.kindOf(record);
    if (kind === 'header' || kind === 'row') shown.push({ index, record });
  }
  const measured =
    layout.header === undefined ? shown : [...shown, { index: layout.headerIndex, record: layout.header }];
  const widths: number[] = [];
  for (const { record } of measured) {
    for (const [cell, raw] of record.cells.entries()) {
      widths[cell] = Math.max(widths[cell] ?? 0, Math.min(raw.length, maxWidth));
    }
  }
  return shown.flatMap(({ index, record }) => {
    let offset = 0;
    const pads: Pad[] = [];
    // Nothing stands after the last cell.
    for (const [cell, raw] of record.cells.slice(0, -1).entries()) {
      offset += raw.length + (cell === 0 ? 0 : 1);
      const width = (widths[cell] ?? 0) - raw.length;
      if (width > 0) pads.push({ position: document.positionAt(index, offset), width });
    }
    return pads;
  });
}
