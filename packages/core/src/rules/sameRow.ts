import { deleteRecord } from '../csv/edits.ts';
import { cellValue, type CsvRecord } from '../csv/record.ts';
import { strip } from '../text/pythonText.ts';
import type { Finding, Fix, FixScope } from './rule.ts';

export const sameRowMessages = {
  removeSame: 'Remove this row, which is the same as the one of {host} above',
} as const;

/**
 * Where every cell of a row says what the first one says, the second row is superfluous; of others it is unknown which
 * one is.
 */
export function removeSameRow({ place: { record }, related: [first], params }: Finding, scope: FixScope): Fix[] {
  const other = first?.place.record;
  if (record === undefined || other === undefined || record === other || !isSame(record, other)) return [];
  const host = String(params['host'] ?? '');
  return [
    {
      title: sameRowMessages.removeSame,
      params: { host },
      edits: [deleteRecord(scope.document, record)],
      safe: false,
    },
  ];
}

function isSame(one: CsvRecord, other: CsvRecord): boolean {
  return (
    one.cells.length === other.cells.length &&
    one.cells.every((raw, cell) => strip(cellValue(raw)) === strip(cellValue(other.cells[cell] ?? '')))
  );
}
