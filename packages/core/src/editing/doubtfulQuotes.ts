import type { CsvDocument } from '../csv/document.ts';

/**
 * Whether it is uncertain which cells belong to which row: a quote is not closed, or one that spans lines is closed in
 * the middle of a value. Text next to or around such a cell turns it into other rows.
 */
export function hasDoubtfulQuotes({ unclosed, records }: CsvDocument): boolean {
  return (
    unclosed.length > 0 ||
    records.some(({ lineCount, faults }) => lineCount > 1 && faults.some(({ kind }) => kind === 'text-after-quote'))
  );
}
