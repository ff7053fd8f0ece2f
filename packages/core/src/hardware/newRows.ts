import { CsvDocument } from '../csv/document.ts';
import { encodeCell, lineEndOf } from '../csv/edits.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { columnAt, readLayout } from '../mapping/layout.ts';
import type { OmniaVersion } from '../mapping/versions.ts';
import { targetsOf, type Target } from '../plan/targets.ts';
import type { TextEdit } from '../text/position.ts';
import { bootNicOf, cleanMac, cleanName, nameOf, writtenMac, type SeenHardware } from './seen.ts';

/** A BMC that no row of the file has. */
export interface FoundBmc {
  readonly bmcIp: string;
  readonly hardware: SeenHardware;
}

/** A machine that was found, and the row that it belongs to, which has another BMC_IP. */
export interface FoundOfRow {
  readonly bmcIp: string;
  readonly host: string;
}

/**
 * Separates the machines that no row has from those that a row has: by service tag or serial number, and by a NIC where
 * the row or the machine has neither.
 */
export function sortFound(
  text: string,
  version: OmniaVersion,
  found: readonly FoundBmc[],
): { readonly fresh: readonly FoundBmc[]; readonly ofRows: readonly FoundOfRow[] } {
  const rows = targetsOf(text, version);
  const byName = new Map(rows.map((row) => [cleanName(row.serviceTag), row]));
  const byMac = new Map(rows.map((row) => [cleanMac(row.adminMac), row]));
  for (const map of [byName, byMac]) map.delete('');
  const rowOf = ({ hardware }: FoundBmc): Target | undefined => {
    const name = cleanName(nameOf(hardware));
    const row = hardware.nics.map(({ mac }) => byMac.get(cleanMac(mac))).find((one) => one !== undefined);
    const isNamed = name !== '' && cleanName(row?.serviceTag ?? '') !== '';
    return byName.get(name) ?? (isNamed ? undefined : row);
  };
  const fresh: FoundBmc[] = [];
  const ofRows: FoundOfRow[] = [];
  for (const one of found) {
    const row = rowOf(one);
    if (row === undefined) fresh.push(one);
    else ofRows.push({ bmcIp: one.bmcIp, host: row.hostname });
  }
  return { fresh, ofRows };
}

/** Rows for machines that were found. */
export type NewRows =
  /** Each has a row already. */
  | { readonly kind: 'none' }
  /** It is unknown which cell is which. */
  | { readonly kind: 'no-header' }
  | { readonly kind: 'rows'; readonly edit: TextEdit };

/** Whether rows can be added: without a header it is unknown which cell is which. */
export function takesRows(text: string, version: OmniaVersion): boolean {
  return readLayout(new CsvDocument(text), version).headerIndex >= 0;
}

/**
 * Adds a row at the end of the file for each machine that no row has, with what its BMC knows; the rest is left to
 * people.
 */
export function newRows(text: string, version: OmniaVersion, found: readonly FoundBmc[]): NewRows {
  const document = new CsvDocument(text);
  const layout = readLayout(document, version);
  const last = document.records.at(-1);
  const { fresh } = sortFound(text, version, found);
  if (fresh.length === 0) return { kind: 'none' };
  if (layout.headerIndex < 0 || last === undefined) return { kind: 'no-header' };
  const eol = lineEndOf(document);
  const rows = fresh.map(({ bmcIp, hardware }) => {
    const values: Partial<Record<ColumnName, string>> = {
      BMC_IP: bmcIp,
      SERVICE_TAG: nameOf(hardware),
      BMC_MAC: writtenMac(hardware.bmcMac),
      ADMIN_MAC: writtenMac(bootNicOf(hardware)?.mac ?? ''),
    };
    return layout.cells
      .map((_, cell) => {
        const column = columnAt(layout, cell);
        return encodeCell(column === undefined ? '' : (values[column] ?? ''), document.delimiter);
      })
      .join(document.delimiter);
  });
  const { end } = document.recordRange(document.records.length - 1);
  const isEnded = last.cells.length === 1 && last.cells[0] === '';
  const newText = isEnded ? rows.map((row) => row + eol).join('') : rows.map((row) => eol + row).join('');
  return { kind: 'rows', edit: { range: { start: end, end }, newText } };
}
