import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { isBlank } from '@omnia-buildstream/core/csv/record';
import { traitsOf, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';

/**
 * Line, from 0, of what Omnia calls "CSV row N" (omnia.md section 1.2): 2.1 and 2.2 do not count blank lines, later
 * versions count all records. In all of them the header is row 1. Undefined if there is no such row.
 */
export function lineOfCsvRow(text: string, row: number, version: OmniaVersion): number | undefined {
  const document = new CsvDocument(text);
  const indexes = [...document.records.keys()];
  const counted = traitsOf(version).readsComments ? indexes : indexes.filter((index) => !isBlankAt(document, index));
  const index = counted[row - 1];
  return index === undefined ? undefined : document.lineOf(index);
}

function isBlankAt({ records }: CsvDocument, index: number): boolean {
  const record = records[index];
  return record === undefined || isBlank(record);
}
