import { cellValue, type CsvRecord } from '../csv/record.ts';
import { strip } from '../text/pythonText.ts';
import type { ColumnName } from './columns.ts';
import type { Layout } from './layout.ts';

/** The stripped value of each column; empty when the column or the cell is missing. */
export type RowText = Readonly<Record<ColumnName, string>>;

/** A data row: one node. */
export interface MappingRow {
  readonly record: CsvRecord;
  readonly text: RowText;
  /** Cells in the row minus cells in the header. */
  readonly surplus: number;
}

export function readRow(record: CsvRecord, layout: Layout): MappingRow {
  const text: Record<ColumnName, string> = {
    FUNCTIONAL_GROUP_NAME: '',
    GROUP_NAME: '',
    SERVICE_TAG: '',
    PARENT_SERVICE_TAG: '',
    HOSTNAME: '',
    ADMIN_MAC: '',
    ADMIN_IP: '',
    BMC_MAC: '',
    BMC_IP: '',
    IB_NIC_NAME: '',
    IB_IP: '',
    IB_IPV4: '',
    IB_IPV6: '',
  };
  const { cells } = record;
  for (const { column, cell } of layout.columns) {
    const raw = cells[cell];
    if (raw !== undefined) text[column] = strip(cellValue(raw));
  }
  return { record, text, surplus: cells.length - layout.cells.length };
}

/** True when no cell has a visible character; 2.3 skips such rows, 2.2 reads them as data. */
export function isEmptyRow(record: CsvRecord): boolean {
  return record.cells.every((raw) => strip(cellValue(raw)) === '');
}
