import type { CsvDocument } from '../csv/document.ts';
import { isBlank } from '../csv/record.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';

/** 2.1 and 2.2 read on to the end of the file when a quote is not closed, if there is anything to read. */
export function swallowsRows({ unclosed, records }: CsvDocument, version: OmniaVersion): boolean {
  if (unclosed === undefined || !traitsOf(version).readsOnInQuotes) return false;
  return records.findLast((record) => !isBlank(record)) !== unclosed;
}
