import { isIpv4, isIpv6, repairMac } from './addresses.ts';
import type { ColumnName } from './columns.ts';
import { groupIdentity } from './functionalGroups.ts';
import { isGroupName } from './groupNames.ts';

/** What a value looks like, whatever column it is in. */
export type ValueKind = 'role' | 'group' | 'tag' | 'hostname' | 'mac' | 'ipv4' | 'ipv6' | 'nic';

/** Columns whose values look like this, in the order in which tables have them. */
export const columnsOfKind: Readonly<Record<ValueKind, readonly ColumnName[]>> = {
  role: ['FUNCTIONAL_GROUP_NAME'],
  group: ['GROUP_NAME'],
  tag: ['SERVICE_TAG', 'PARENT_SERVICE_TAG'],
  hostname: ['HOSTNAME'],
  mac: ['ADMIN_MAC', 'BMC_MAC'],
  ipv4: ['ADMIN_IP', 'BMC_IP', 'IB_IP', 'IB_IPV4'],
  ipv6: ['IB_IPV6'],
  nic: ['IB_NIC_NAME'],
};

/** So many of the values of a column look like what it holds. */
const leastShare = 0.8;
/** Looking at more rows reveals nothing new. */
const mostLooked = 200;

/** What the values of a column look like; undefined when they are empty, or of no one kind. */
export function kindOfColumn(values: readonly string[]): ValueKind | undefined {
  const filled = values.filter((value) => value !== '').slice(0, mostLooked);
  const counts = new Map<ValueKind, number>();
  for (const value of filled) {
    const kind = kindOf(value);
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  return best !== undefined && best[1] >= filled.length * leastShare ? best[0] : undefined;
}

export function kindOf(value: string): ValueKind | undefined {
  if (isIpv4(value)) return 'ipv4';
  if (repairMac(value) !== undefined) return 'mac';
  if (value.includes(':') && isIpv6(value)) return 'ipv6';
  if (/^(?:nic\.)?infiniband\b/i.test(value)) return 'nic';
  if (groupIdentity(value) !== undefined) return 'role';
  if (isGroupName(value, '2.2')) return 'group';
  // Dell's tags have seven letters and digits; names of nodes have small letters.
  if (/^[0-9A-Z]{5,7}$/.test(value) && /[0-9]/.test(value)) return 'tag';
  return /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/.test(value) ? 'hostname' : undefined;
}
