import { recordText } from '../csv/record.ts';
import type { TextEdit } from '../text/position.ts';
import type { FixScope } from './rule.ts';

/** Takes a cell out of the header and of every row, as one edit; nothing where a row ends before it. */
export function removeColumn(scope: FixScope, cell: number): TextEdit[] {
  const { document, layout } = scope;
  const first = layout.headerIndex;
  const last = document.records.length - 1;
  const records = document.records.slice(first);
  const isOf = new Set(records.filter((record) => record === layout.header || scope.rowOf(record) !== undefined));
  if (first < 0 || [...isOf].some(({ cells }) => cells.length <= cell)) return [];
  const lines = records.map((record, at) => {
    const kept = isOf.has(record) ? { ...record, cells: record.cells.toSpliced(cell, 1) } : record;
    const text = recordText(kept, document.delimiter);
    return first + at === last ? text : text + record.eol;
  });
  const range = { start: document.recordRange(first).start, end: document.recordRange(last).end };
  return [{ range, newText: lines.join('') }];
}
