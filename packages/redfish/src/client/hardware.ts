import { cleanName } from '@omnia-buildstream/core/hardware/seen';
import type { Hardware, RowHardware } from '@omnia-buildstream/engine/ports/bmc';
import { judgeIdentity } from '@omnia-buildstream/engine/restart/identity';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import { linkAt, linksAt, textAt } from './json.ts';
import type { RedfishService } from './service.ts';

/**
 * The hardware that a system resource describes. Dell has the service tag as SKU; for other vendors, SKU is a product
 * number.
 */
export function hardwareOf(body: unknown, isDell: boolean, macs?: readonly string[]): Hardware {
  return isDell
    ? { serviceTag: textAt(body, 'SKU') ?? '', serialNumber: '', macs }
    : { serviceTag: '', serialNumber: textAt(body, 'SerialNumber') ?? '', macs };
}

/**
 * Whether the MACs of the NICs could tell more than the service tag or serial number. Each NIC is a separate request.
 */
export function needsMacs(row: RowHardware, hardware: Hardware): boolean {
  if (hardware.macs !== undefined || row.adminMac === '' || judgeIdentity(row, hardware).kind === 'same') return false;
  return cleanName(hardware.serviceTag) === '' || cleanName(row.serviceTag) === '';
}

/** More NICs than any server has; further ones are not read. */
export const mostNics = 32;

/** The MACs of a system's NICs, as far as the BMC reports them; otherwise empty. */
export async function readMacs(
  service: RedfishService,
  body: unknown,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const collection = linkAt(body, 'EthernetInterfaces');
  if (collection === undefined) return [];
  const macs: string[] = [];
  for (const nic of linksAt(await optional(service, collection, signal), 'Members').slice(0, mostNics)) {
    const found = await optional(service, nic, signal);
    for (const name of ['MACAddress', 'PermanentMACAddress']) {
      const mac = textAt(found, name);
      if (mac !== undefined && mac !== '') macs.push(mac);
    }
  }
  return [...new Set(macs)];
}

/** Undefined if the BMC does not provide the resource: only for optional information. */
export async function optional(service: RedfishService, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    return (await service.get(path, signal)).body;
  } catch (error) {
    signal.throwIfAborted();
    if (BmcError.is(error, 'refused', 'protocol', 'privilege', 'licence')) return undefined;
    throw error;
  }
}
