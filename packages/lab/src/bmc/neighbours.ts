import type { Manner } from './manner.ts';
import { serviceRoot } from './paths.ts';
import type { LabNode } from './settings.ts';

const before = `${serviceRoot}/Systems/Node`;

/** Paths of the other nodes of a chassis. */
export function neighboursOf({ neighbours = 0 }: Manner = {}): readonly string[] {
  return Array.from({ length: neighbours }, (_, index) => `${before}${String(index + 1)}`);
}

/** Whether a path belongs to another node of the chassis. */
export function isNeighbour(path: string): boolean {
  return path.startsWith(before);
}

/** Another node, which can boot from the network as well. Undefined if there is nothing at this path. */
export function neighbourResource(path: string, { serviceTag, faults }: LabNode): unknown {
  if (!neighboursOf(faults.manner).includes(path)) return undefined;
  const id = path.slice(path.lastIndexOf('/') + 1);
  return {
    '@odata.id': path,
    '@odata.type': '#ComputerSystem.v1_20_0.ComputerSystem',
    Id: id,
    Name: id,
    Manufacturer: 'Example',
    SerialNumber: `${serviceTag}-${id}`,
    PowerState: 'On',
    Boot: {
      BootSourceOverrideEnabled: 'Disabled',
      BootSourceOverrideTarget: 'None',
      BootSourceOverrideMode: 'UEFI',
      'BootSourceOverrideTarget@Redfish.AllowableValues': ['None', 'Pxe', 'Hdd'],
    },
    Actions: {
      '#ComputerSystem.Reset': {
        target: `${path}/Actions/ComputerSystem.Reset`,
        'ResetType@Redfish.AllowableValues': ['On', 'ForceOff', 'ForceRestart'],
      },
    },
  };
}
