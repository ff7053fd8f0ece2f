import type { CsvDocument } from '../csv/document.ts';
import { isBlank } from '../csv/record.ts';
import type { ColumnName } from './columns.ts';
import { columnAt, type Layout } from './layout.ts';
import { traitsOf, type OmniaVersion } from './versions.ts';

/** 2.1 and 2.2 read on to the end of the file when a quote is not closed, if there is anything to read. */
export function swallowsRows({ unclosed, records }: CsvDocument, version: OmniaVersion): boolean {
  if (unclosed === undefined || !traitsOf(version).readsOnInQuotes) return false;
  return records.findLast((record) => !isBlank(record)) !== unclosed;
}

/** What becomes of a header whose quote is never closed: its rows belong to the name, so that column is not there. */
export interface OpenHeader {
  /** The column that is meant by the open cell. */
  readonly column: ColumnName | undefined;
  readonly cell: number;
}

/** Undefined where no quote of the header is open, or nothing stands below that it could take in. */
export function openHeader(document: CsvDocument, layout: Layout, version: OmniaVersion): OpenHeader | undefined {
  const { unclosed } = document;
  if (unclosed === undefined || unclosed !== layout.header || !swallowsRows(document, version)) return undefined;
  const cell = unclosed.faults.find(({ kind }) => kind === 'unclosed-quote')?.cell ?? 0;
  return { cell, column: columnAt(layout, cell) };
}
