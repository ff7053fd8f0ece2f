import { cleanMac, cleanName } from '@omnia-buildstream/core/hardware/seen';
import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import type { Hardware, RowHardware } from '../ports/bmc.ts';
import { identityTexts as texts } from './stepTexts.ts';

/** Whether the machine behind a BMC address is the one of the row (redfish.md section 9). */
export type Identity =
  | { readonly kind: 'same' }
  /** It is certainly another one; both names, for people. */
  | { readonly kind: 'other'; readonly row: Said; readonly bmc: Said }
  /** It is unknown. */
  | { readonly kind: 'unknown'; readonly why: Said };

/**
 * Compares what both know. Dell's machines have the service tag of the row; others have their serial number there, or a
 * name of the site's own; for these, a NIC with the row's ADMIN_MAC is sufficient.
 */
export function judgeIdentity(row: RowHardware, hardware: Hardware): Identity {
  const tag = cleanName(row.serviceTag);
  const dellTag = cleanName(hardware.serviceTag);
  if (tag !== '' && dellTag !== '') {
    if (tag === dellTag) return { kind: 'same' };
    return other(serviceTag(row.serviceTag), serviceTag(hardware.serviceTag));
  }
  const serial = cleanName(hardware.serialNumber);
  if (tag !== '' && tag === serial) return { kind: 'same' };
  const mac = cleanMac(row.adminMac);
  const macs = (hardware.macs ?? []).map(cleanMac).filter((one) => one !== '');
  if (mac !== '' && macs.includes(mac)) return { kind: 'same' };
  if (tag !== '' && serial !== '') {
    return other(serviceTag(row.serviceTag), phrase(texts.serialNumber, { serial: hardware.serialNumber }));
  }
  if (mac !== '' && macs.length > 0) {
    return other(`ADMIN_MAC ${row.adminMac}`, phrase(texts.nics, { macs: (hardware.macs ?? []).join(', ') }));
  }
  return { kind: 'unknown', why: unknownBecause(tag, mac) };
}

/** Whether a row contains anything that its hardware could be compared with. */
export function canBeIdentified(row: RowHardware): boolean {
  return cleanName(row.serviceTag) !== '' || cleanMac(row.adminMac) !== '';
}

function other(row: Said, bmc: Said): Identity {
  return { kind: 'other', row, bmc };
}

function serviceTag(tag: string): Said {
  return phrase(texts.serviceTag, { tag });
}

function unknownBecause(tag: string, mac: string): Said {
  return phrase(tag === '' && mac === '' ? texts.rowTellsNothing : texts.bmcTellsNothing);
}
