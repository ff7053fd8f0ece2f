import { columnMeant, type ColumnName } from './columns.ts';

/** What other programs call the columns: OpenManage Enterprise, asset lists, DHCP leases, Omnia's discovery and Redfish. */
const names: Readonly<Partial<Record<ColumnName, readonly string[]>>> = {
  FUNCTIONAL_GROUP_NAME: ['role', 'node role', 'functional role', 'node type'],
  GROUP_NAME: ['rack', 'unit', 'scalable unit', 'location group'],
  SERVICE_TAG: [
    'service tag',
    'device service tag',
    'asset service tag',
    'serial',
    'serial number',
    'sku',
    'identifier',
  ],
  PARENT_SERVICE_TAG: ['parent tag', 'parent node'],
  HOSTNAME: ['host', 'name', 'node', 'node name', 'device name', 'dns name', 'server name', 'system name', 'fqdn'],
  ADMIN_MAC: [
    'pxe mac',
    'mac address',
    'nic mac',
    'boot mac',
    'ethernet mac',
    'ethernet nic mac',
    'hw address',
    'hwaddr',
    'hardware address',
  ],
  ADMIN_IP: ['pxe ip', 'host ip', 'ip address', 'admin address', 'address', 'os ip'],
  BMC_MAC: [
    'bmc mac address',
    'idrac mac address',
    'management mac',
    'oob mac',
    'ipmi mac',
    'device management mac address',
  ],
  BMC_IP: [
    'bmc address',
    'bmc ip address',
    'idrac address',
    'idrac ip address',
    'management ip',
    'management address',
    'device ip',
    'device ip address',
    'oob ip',
    'ipmi ip',
    'device management network address',
  ],
  IB_NIC_NAME: ['ib nic', 'infiniband nic', 'infiniband port', 'ib port'],
  IB_IP: ['infiniband ip', 'ib address', 'ipoib'],
};

const compact = (name: string): string => name.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase();

const byName: ReadonlyMap<string, ColumnName> = new Map(
  (Object.entries(names) as [ColumnName, readonly string[]][]).flatMap(([column, all]) =>
    all.map((name): [string, ColumnName] => [compact(name), column]),
  ),
);

/** The column that a name of another program means; blanks, case and punctuation are ignored. */
export function columnOfSource(name: string): ColumnName | undefined {
  if (name.length > 40) return undefined;
  return columnMeant(name) ?? byName.get(compact(name));
}

/** Columns by which an export of OpenManage is recognized: two of them are no coincidence. */
const ofOpenManage = new Set(
  ['identifier', 'managed state', 'connection state', 'device service tag', 'device name', 'device type'].map(compact),
);

/**
 * The address at which its devices respond is their BMC's; other programs use that name for the address of the system.
 */
const devices: ReadonlyMap<string, ColumnName> = new Map([
  ['IPADDRESS', 'BMC_IP'],
  ['ADDRESS', 'BMC_IP'],
  ['NETWORKADDRESS', 'BMC_IP'],
  ['MACADDRESS', 'BMC_MAC'],
]);

/** The columns that the names of a header mean. */
export function columnsOfSource(names: readonly string[]): (ColumnName | undefined)[] {
  const isOpenManage = names.filter((name) => ofOpenManage.has(compact(name))).length >= 2;
  return names.map((name) => {
    const device = isOpenManage ? devices.get(compact(name)) : undefined;
    return device ?? columnOfSource(name);
  });
}
