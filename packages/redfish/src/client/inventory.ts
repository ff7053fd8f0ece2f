import type { Inventory, Nic } from '@omnia-buildstream/engine/ports/managedBmc';
import { macDigits } from '@omnia-buildstream/engine/restart/networkBoot';
import { readBootOptions } from './bootOptions.ts';
import { hardwareOf, mostNics, optional } from './hardware.ts';
import { linkAt, linksAt, textAt } from './json.ts';
import type { RedfishService } from './service.ts';
import { powerOf } from './system.ts';

/** The machine as the BMC reports it, read resource by resource; what is missing stays empty. */
export async function readInventory(service: RedfishService, system: unknown, signal: AbortSignal): Promise<Inventory> {
  const { serviceTag, serialNumber } = hardwareOf(system, service.isDell);
  const managerPath = linksAt(system, 'Links', 'ManagedBy')[0];
  const manager = managerPath === undefined ? undefined : await optional(service, managerPath, signal);
  return {
    serviceTag,
    serialNumber,
    model: textAt(system, 'Model') ?? '',
    power: powerOf(system),
    firmware: textAt(manager, 'FirmwareVersion') ?? '',
    bios: textAt(system, 'BiosVersion') ?? '',
    bmcMac: (await readNics(service, manager, signal)).find(({ mac }) => mac !== '')?.mac ?? '',
    nics: await readSystemNics(service, system, signal),
  };
}

async function readSystemNics(service: RedfishService, system: unknown, signal: AbortSignal): Promise<readonly Nic[]> {
  const nics = await readNics(service, system, signal);
  const options = await readBootOptions(service, system, signal);
  return nics.map((nic) => {
    const digits = macDigits(nic.mac);
    const isNamed = options?.some(({ mac }) => mac === digits && digits !== '');
    return { ...nic, bootsFromNetwork: isNamed };
  });
}

async function readNics(
  service: RedfishService,
  owner: unknown,
  signal: AbortSignal,
): Promise<readonly { readonly id: string; readonly mac: string }[]> {
  const collection = linkAt(owner, 'EthernetInterfaces');
  if (collection === undefined) return [];
  const nics: { readonly id: string; readonly mac: string }[] = [];
  for (const path of linksAt(await optional(service, collection, signal), 'Members').slice(0, mostNics)) {
    const nic = await optional(service, path, signal);
    const mac = textAt(nic, 'PermanentMACAddress') ?? textAt(nic, 'MACAddress') ?? '';
    if (nic !== undefined) nics.push({ id: textAt(nic, 'Id') ?? path.slice(path.lastIndexOf('/') + 1), mac });
  }
  return nics;
}
