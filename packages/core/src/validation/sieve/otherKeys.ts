import { normaliseMac } from '../../mapping/addresses.ts';
import type { MappingRow } from '../../mapping/row.ts';
import type { OtherValues } from './scan.ts';

/** What rows that are not plain may share with one that is. */
export function otherValues(rows: Iterable<MappingRow>): OtherValues {
  const found = {
    host: new Set<string>(),
    tag: new Set<string>(),
    mac: new Set<string>(),
    address: new Set<string>(),
    ib: new Set<string>(),
    group: new Set<string>(),
  };
  for (const { text } of rows) {
    found.group.add(text.GROUP_NAME);
    found.host.add(text.HOSTNAME.toLowerCase());
    found.tag.add(text.SERVICE_TAG.toUpperCase()).add(text.PARENT_SERVICE_TAG.toUpperCase());
    found.mac.add(normaliseMac(text.ADMIN_MAC)).add(normaliseMac(text.BMC_MAC));
    found.address.add(text.ADMIN_IP).add(text.BMC_IP);
    for (const value of [text.IB_IP, text.IB_IPV4, text.IB_IPV6]) found.ib.add(value);
  }
  return found;
}
