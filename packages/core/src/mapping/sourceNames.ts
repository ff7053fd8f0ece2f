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
  PARENT_SERVICE_TAG: ['parent tag', 'parent node', 'chassis service tag'],
  HOSTNAME: ['host', 'name', 'node', 'node name', 'device name', 'dns name', 'server name', 'system name', 'fqdn'],
  ADMIN_MAC: ['pxe mac', 'mac address', 'nic mac', 'boot mac', 'ethernet mac', 'hw address', 'hardware address'],
  ADMIN_IP: ['pxe ip', 'host ip', 'ip address', 'admin address', 'address', 'os ip'],
  BMC_MAC: ['bmc mac address', 'idrac mac address', 'management mac', 'oob mac', 'ipmi mac'],
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
