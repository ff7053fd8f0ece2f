import { collection } from './collection.ts';
import type { LabPaths } from './paths.ts';
import type { ResetType } from './power.ts';
import type { LabNode } from './settings.ts';

/** The NICs of a system: the one of the admin network, and one that is not connected. */
export function nicResource(path: string, system: string, { adminMac, address, faults }: LabNode): unknown {
  const last = lastOf(address);
  return nicsAt(path, system, {
    'NIC.Integrated.1-1-1': faults.foreignTag === undefined ? adminMac.toUpperCase() : `02:00:5E:00:54:${last}`,
    'NIC.Integrated.1-2-1': `02:00:5E:00:53:${last}`,
  });
}

/** The NIC of the BMC itself. */
export function managerNicResource(path: string, manager: string, { bmcMac, address, faults }: LabNode): unknown {
  const mac = faults.foreignTag === undefined ? bmcMac.toUpperCase() : `02:00:5E:00:55:${lastOf(address)}`;
  return nicsAt(path, manager, { 'NIC.1': mac });
}

/** The last part of an address as two digits. */
function lastOf(address: string): string {
  return (address.split('.').at(-1) ?? '0').padStart(2, '0').slice(-2);
}

function nicsAt(path: string, owner: string, macs: Readonly<Record<string, string>>): unknown {
  const all = `${owner}/EthernetInterfaces`;
  if (path === all) {
    return collection(
      all,
      'EthernetInterfaceCollection',
      Object.keys(macs).map((id) => `${all}/${id}`),
    );
  }
  const id = path.startsWith(`${all}/`) ? path.slice(all.length + 1) : '';
  if (!Object.hasOwn(macs, id)) return undefined;
  return {
    '@odata.id': path,
    '@odata.type': '#EthernetInterface.v1_8_0.EthernetInterface',
    Id: id,
    Name: 'Ethernet Interface',
    MACAddress: macs[id],
    PermanentMACAddress: macs[id],
  };
}

/** Where some firmware lists the values of a reset (DSP0266, "Action info"). */
export function actionInfoResource(path: string, { system }: LabPaths, resets: readonly ResetType[]): unknown {
  if (path !== `${system}/ResetActionInfo`) return undefined;
  return {
    '@odata.id': path,
    '@odata.type': '#ActionInfo.v1_3_0.ActionInfo',
    Id: 'ResetActionInfo',
    Name: 'Reset Action Info',
    Parameters: [{ Name: 'ResetType', Required: true, DataType: 'String', AllowableValues: resets }],
  };
}
