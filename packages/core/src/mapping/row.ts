import { cellValue, openCell, type CsvRecord } from '../csv/record.ts';
import { strip } from '../text/pythonText.ts';
import { isIpv4 } from './addresses.ts';
import type { ColumnName } from './columns.ts';
import { columnAt, type Layout } from './layout.ts';
import { traitsOf, type OmniaVersion } from './versions.ts';

/** The stripped value of each column; empty when the column or the cell is missing. */
export type RowText = Readonly<Record<ColumnName, string>>;

/** A data row: one node. */
export interface MappingRow {
  readonly record: CsvRecord;
  readonly text: RowText;
  /** BMC_IP with its blanks, as Omnia compares it; empty when the cell has nothing else. */
  readonly bmcKey: string;
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
  const bmcKey = text.BMC_IP === '' ? '' : cellValue(cells[layout.cellOf.BMC_IP ?? -1] ?? '');
  return { record, text, bmcKey, surplus: cells.length - layout.cells.length };
}

/**
 * The row as 2.1 and 2.2 judge it when an open quote makes them read the lines below as part of a cell: its value gets
 * a character for them, since no address, name or tag spans several lines.
 */
export function withSwallowedRows(row: MappingRow, layout: Layout): MappingRow {
  const cell = openCell(row.record.faults);
  const column = cell === undefined ? undefined : columnAt(layout, cell);
  return column === undefined ? row : { ...row, text: { ...row.text, [column]: `${row.text[column]} …` } };
}

/**
 * Whether the restart stage treats a comment as the row of a node: it checks no more than the two addresses (omnia.md
 * section 4.1).
 */
export function isCommentedNode(record: CsvRecord, layout: Layout, version: OmniaVersion): boolean {
  if (!traitsOf(version).restartsComments) return false;
  const { text } = readRow(record, layout);
  return isIpv4(text.BMC_IP) && isIpv4(text.ADMIN_IP);
}
