import { CsvDocument } from '../csv/document.ts';
import { encodeCell, lineEndOf } from '../csv/edits.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { columnAt, readLayout } from '../mapping/layout.ts';
import type { OmniaVersion } from '../mapping/versions.ts';
import type { TextEdit } from '../text/position.ts';
import { bootNicOf, nameOf, writtenMac, type SeenHardware } from './seen.ts';

/** A BMC that no row of the file has. */
export interface FoundBmc {
  readonly bmcIp: string;
  readonly hardware: SeenHardware;
}

/** Adds a row for each at the end of the file, with what its BMC knows; the rest is left to people. None without a header. */
export function newRowsEdit(text: string, version: OmniaVersion, found: readonly FoundBmc[]): TextEdit | undefined {
  const document = new CsvDocument(text);
  const layout = readLayout(document, version);
  const last = document.records.at(-1);
  if (layout.headerIndex < 0 || last === undefined || found.length === 0) return undefined;
  const eol = lineEndOf(document);
  const rows = found.map(({ bmcIp, hardware }) => {
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
  return { range: { start: end, end }, newText };
}
