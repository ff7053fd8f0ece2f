import type { CsvRecord } from '../csv/record.ts';
import type { MappingRow } from '../mapping/row.ts';
import type { Position, Range } from '../text/position.ts';
import type { MappingModel } from '../validation/model.ts';

/** The records that ranges touch, each once, in file order. A range that ends at the beginning of a line does not touch it. */
export function recordsIn({ document }: MappingModel, ranges: readonly Range[]): CsvRecord[] {
  const indexes = new Set<number>();
  for (const { start, end } of ranges) {
    const isBefore = end.character === 0 && end.line > start.line;
    const last = document.indexAtLine(isBefore ? end.line - 1 : end.line);
    for (let index = document.indexAtLine(start.line); index <= last; index++) indexes.add(index);
  }
  return [...indexes].sort((a, b) => a - b).flatMap((index) => document.records[index] ?? []);
}

/** The rows among them. */
export function rowsIn(model: MappingModel, ranges: readonly Range[]): MappingRow[] {
  return recordsIn(model, ranges).flatMap((record) => model.rowOf(record) ?? []);
}

/** The row below another, whatever stands between them. */
export function rowBelow(model: MappingModel, row: MappingRow): MappingRow | undefined {
  const { document } = model;
  for (let index = document.indexOf(row.record) + 1; index < document.records.length; index++) {
    const record = document.records[index];
    const below = record === undefined ? undefined : model.rowOf(record);
    if (below !== undefined) return below;
  }
  return undefined;
}

export function startOf(ranges: readonly Range[]): Position {
  return ranges[0]?.start ?? { line: 0, character: 0 };
}
