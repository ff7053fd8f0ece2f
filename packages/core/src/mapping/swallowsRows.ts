import type { CsvDocument } from '../csv/document.ts';
import { isBlank, openCell } from '../csv/record.ts';
import type { ColumnName } from './columns.ts';
import { columnAt, type Layout } from './layout.ts';
import { traitsOf, type OmniaVersion } from './versions.ts';

/** 2.1 and 2.2 read on to the next quote, or to the end of the file, when a quote is not closed, if there is anything to read. */
export function swallowsRows({ unclosed, records }: CsvDocument, version: OmniaVersion): boolean {
  const [first] = unclosed;
  if (first === undefined || !traitsOf(version).readsOnInQuotes) return false;
  return records.findLast((record) => !isBlank(record)) !== first;
}

/** What happens to a header whose quote is not closed: rows become part of the name, so that column is missing. */
export interface OpenHeader {
  /** The column that the open cell stands for. */
  readonly column: ColumnName | undefined;
  readonly cell: number;
  /** The name includes every row, not only those above the next quote. */
  readonly takesAll: boolean;
}

/** Undefined where no quote of the header is open, or there is nothing below that it could include. */
export function openHeader(document: CsvDocument, layout: Layout, version: OmniaVersion): OpenHeader | undefined {
  const { header } = layout;
  const cell = header === undefined ? undefined : openCell(header.faults);
  if (header === undefined || cell === undefined || !swallowsRows(document, version)) return undefined;
  const takesAll = header.faults.some(({ kind }) => kind === 'unclosed-quote');
  return { cell, column: columnAt(layout, cell), takesAll };
}
