import type { CsvRecord } from './record.ts';

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
