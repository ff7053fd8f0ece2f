import type { CsvDocument } from '../csv/document.ts';
import type { Range } from '../text/position.ts';
import type { Place } from '../rules/rule.ts';

/** Where a place lies at present; a place without a record, or whose record is gone, lies in the first line. */
export function rangeOf(document: CsvDocument, { record, cell }: Place): Range {
  const index = record === undefined ? 0 : Math.max(0, document.indexOf(record));
  return cell === undefined || record === undefined ? document.recordRange(index) : document.cellRange(index, cell);
}
