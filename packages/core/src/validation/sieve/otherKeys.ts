import type { MappingRow } from '../../mapping/row.ts';
import { normaliseMac } from '../../mapping/addresses.ts';
import { asciiBytes, CellBytes, notPlain } from './cellBytes.ts';
import type { RowScan } from './rowScan.ts';

/** Marks the plain rows that share a key with rows that are not plain, or whose tag is a parent. */
export function markShared(scan: RowScan, rows: Iterable<MappingRow>): void {
  const found = { host: new Set<number>(), tag: new Set<number>(scan.parents.keys), mac: new Set<number>() };
  const addresses = { address: new Set<number>(), ib: new Set<number>() };
  const note = (value: string, reader: 'tag' | 'host' | 'mac' | 'ipv4', keys: Set<number>): void => {
    const bytes = value === '' ? undefined : asciiBytes(value);
    if (bytes === undefined) return;
    const cells = new CellBytes(bytes, scan.makers);
    // A value that no plain cell can have is no plain row's key.
    const end = cells[reader](0);
    if (end !== notPlain && end === bytes.length) keys.add(cells.key);
  };
  for (const { text } of rows) {
    note(text.HOSTNAME.toLowerCase(), 'host', found.host);
    note(text.SERVICE_TAG, 'tag', found.tag);
    note(text.SERVICE_TAG.toUpperCase(), 'tag', found.tag);
    note(text.PARENT_SERVICE_TAG, 'tag', found.tag);
    note(normaliseMac(text.ADMIN_MAC), 'mac', found.mac);
    note(normaliseMac(text.BMC_MAC), 'mac', found.mac);
    note(text.ADMIN_IP, 'ipv4', addresses.address);
    note(text.BMC_IP, 'ipv4', addresses.address);
    for (const value of [text.IB_IP, text.IB_IPV4, text.IB_IPV6]) note(value, 'ipv4', addresses.ib);
  }
  for (const [name, keys] of Object.entries({ ...found, ...addresses })) {
    scan.keys[name as keyof RowScan['keys']].markThose(keys, scan.shared);
  }
}
