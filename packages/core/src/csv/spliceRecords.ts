import { isSameRecord, type CsvRecord } from './record.ts';

/** `Array.splice` for any number of records (spreading a hundred thousand arguments overflows the stack). */
export function spliceRecords(
  records: CsvRecord[],
  from: number,
  to: number,
  added: readonly CsvRecord[],
): CsvRecord[] {
  if (added.length < 10_000) return records.splice(from, to - from, ...added);
  const tail = records.splice(from);
  const removed = tail.slice(0, to - from);
  for (const record of added) records.push(record);
  for (let i = to - from; i < tail.length; i++) {
    const record = tail[i];
    if (record !== undefined) records.push(record);
  }
  return removed;
}

/** Records that read the same before and after, from either end. */
export interface KeptRecords {
  readonly before: number;
  readonly after: number;
  readonly pairs: readonly (readonly [old: CsvRecord, record: CsvRecord])[];
}

/** What of the records from `from` up to `to` need not be replaced by `added`. */
export function sameAtEnds(
  records: readonly CsvRecord[],
  from: number,
  to: number,
  added: readonly CsvRecord[],
): KeptRecords {
  const pairs: (readonly [CsvRecord, CsvRecord])[] = [];
  const isSame = (old: CsvRecord | undefined, record: CsvRecord | undefined): boolean => {
    if (old === undefined || record === undefined || !isSameRecord(old, record)) return false;
    pairs.push([old, record]);
    return true;
  };
  const most = Math.min(to - from, added.length);
  let before = 0;
  while (before < most && isSame(records[from + before], added[before])) before++;
  let after = 0;
  while (before + after < most && isSame(records[to - 1 - after], added[added.length - 1 - after])) after++;
  return { before, after, pairs };
}
