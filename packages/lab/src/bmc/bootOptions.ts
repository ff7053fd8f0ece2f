import { collection, link } from './collection.ts';
import type { LabNode } from './settings.ts';

/** What the firmware of a node can boot, in order; the network is never first by default. */
const options = [
  { reference: 'Boot0001', name: 'Red Hat Enterprise Linux', alias: 'Hdd' },
  { reference: 'Boot0003', name: 'PXE Device 1: Integrated NIC 1 Port 1 Partition 1', alias: 'Pxe' },
  { reference: 'Boot0004', name: 'HTTP Device 1: Integrated NIC 1 Port 1 Partition 1', alias: 'UefiHttp' },
] as const;

const devices: Readonly<Record<(typeof options)[number]['alias'], (mac: string) => string>> = {
  Hdd: () => 'HD(1,GPT)',
  Pxe: (mac) => `${nicPath(mac)}/IPv4(0.0.0.0)`,
  UefiHttp: (mac) => `${nicPath(mac)}/IPv4(0.0.0.0)/Uri()`,
};

function nicPath(mac: string): string {
  return `PciRoot(0x0)/Pci(0x1,0x0)/Pci(0x0,0x0)/MAC(${mac.replaceAll(':', '').toUpperCase()},0x1)`;
}

/** Whether this device boots from the network through the NIC of the admin network. */
export function bootsByAdminNic(device: string, { adminMac }: LabNode): boolean {
  return device.startsWith(`${nicPath(adminMac)}/`);
}

/** Properties of Boot on the system. */
export function bootOrder(system: string): Readonly<Record<string, unknown>> {
  return { BootOptions: link(`${system}/BootOptions`), BootOrder: options.map(({ reference }) => reference) };
}

/** The collection or a member. Undefined if there is nothing at this path. */
export function bootOptionResource(path: string, system: string, { adminMac }: LabNode): unknown {
  const all = `${system}/BootOptions`;
  if (path === all) {
    return collection(
      all,
      'BootOptionCollection',
      options.map(({ reference }) => `${all}/${reference}`),
    );
  }
  const found = options.find(({ reference }) => path === `${all}/${reference}`);
  if (found === undefined) return undefined;
  return {
    '@odata.id': path,
    '@odata.type': '#BootOption.v1_0_4.BootOption',
    Id: found.reference,
    Name: 'UEFI Boot Option',
    BootOptionReference: found.reference,
    BootOptionEnabled: true,
    DisplayName: found.name,
    Alias: found.alias,
    UefiDevicePath: devices[found.alias](adminMac),
  };
}
