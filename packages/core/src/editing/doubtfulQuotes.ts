import type { CsvDocument } from '../csv/document.ts';

/**
 * Whether it is in doubt which cells belong to which row: a quote is not closed, or one that spans lines is closed in the
 * middle of a value. Text beside or around such a cell makes other rows of it.
 */
export function hasDoubtfulQuotes({ unclosed, records }: CsvDocument): boolean {
  return (
    unclosed.length > 0 ||
    records.some(({ lineCount, faults }) => lineCount > 1 && faults.some(({ kind }) => kind === 'text-after-quote'))
  );
}
