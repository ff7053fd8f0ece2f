import type { CsvDocument } from '../csv/document.ts';
import { recordText, type CsvRecord, type Delimiter } from '../csv/record.ts';
import type { TextEdit } from '../text/position.ts';

/** The records of a text, with what separates their cells. */
export interface Records {
  readonly records: readonly CsvRecord[];
  readonly delimiter: Delimiter;
}

/** Edits that turn `before` into `after`; records that stayed are the same objects. Positions are those of `original`. */
export function difference(original: CsvDocument, before: Records, after: Records): TextEdit[] {
  const kept = new Set(after.records);
  const edits: TextEdit[] = [];
  let from = 0;
  let to = 0;
  while (from < before.records.length || to < after.records.length) {
    if (before.records[from] === after.records[to]) {
      from++;
      to++;
      continue;
    }
    let fromEnd = from;
    let shared = before.records[fromEnd];
    while (shared !== undefined && !kept.has(shared)) shared = before.records[++fromEnd];
    const toEnd = shared === undefined ? after.records.length : after.records.indexOf(shared, to);
    const length = fromEnd - from;
    if (length === toEnd - to) {
      for (let i = 0; i < length; i++) edits.push(...replace(original, before, after, [from + i, 1], [to + i, 1]));
    } else edits.push(...replace(original, before, after, [from, length], [to, toEnd - to]));
    from = fromEnd;
    to = toEnd;
  }
  return edits;
}

function replace(
  original: CsvDocument,
  before: Records,
  after: Records,
  [from, removed]: readonly [at: number, count: number],
  [to, added]: readonly [at: number, count: number],
): TextEdit[] {
  const old = textOf(before, from, removed);
  const newText = textOf(after, to, added);
  if (old === newText) return [];
  const start = original.positionAt(from, 0);
  const isOneEach = removed === 1 && added === 1 && before.records[from]?.eol === after.records[to]?.eol;
  if (isOneEach) {
    const eol = after.records[to]?.eol ?? '';
    return [{ range: original.recordRange(from), newText: newText.slice(0, newText.length - eol.length) }];
  }
  const end =
    from + removed < before.records.length
      ? original.positionAt(from + removed, 0)
      : original.recordRange(before.records.length - 1).end;
  return [{ range: { start, end }, newText }];
}

function textOf({ records, delimiter }: Records, from: number, count: number): string {
  return records
    .slice(from, from + count)
    .map((record) => recordText(record, delimiter) + record.eol)
    .join('');
}
