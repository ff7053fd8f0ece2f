import type { ColumnName } from '../mapping/columns.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import type { Template } from '../text/message.ts';

export const columnDocMessages = {
  FUNCTIONAL_GROUP_NAME: 'Role and architecture of the node.',
  GROUP_NAME: 'Physical or scalable unit that the node belongs to.',
  SERVICE_TAG: 'Dell service tag: the permanent identity of the hardware.',
  PARENT_SERVICE_TAG: 'Service tag of the Kubernetes worker that serves this compute node.',
  HOSTNAME: 'Name of the node.',
  ADMIN_MAC: 'MAC address of the network card that PXE-boots.',
  ADMIN_IP: 'Address that Omnia gives the node on the admin network.',
  BMC_MAC: 'MAC address of the iDRAC.',
  BMC_IP: 'Address of the iDRAC. Omnia identifies the node by it in its retry, skip, and booted lists.',
  IB_NIC_NAME: 'Name that the iDRAC gives the InfiniBand port.',
  IB_IP: 'Address of the InfiniBand port.',
  IB_IPV4: 'IPv4 address of the InfiniBand port.',
  IB_IPV6: 'IPv6 address of the InfiniBand port.',
  roles: 'One of the functional groups that Omnia knows, case-sensitive.',
  roleNames: 'Letters, digits, _ and -, ending with _x86_64 or _aarch64.',
  roleNamesOs:
    'Letters, digits, _ and -, ending with an OS release and _x86_64 or _aarch64, such as slurm_node_rhel_10_0_x86_64.',
  groups: 'grp0 to grp100.',
  groupsUnits: 'grp0 to grp100, or SU, one optional letter and 1 to 100.',
  tag: 'Letters and digits, unique.',
  parent: 'Empty, or the service tag of a row whose role is service_kube_node.',
  hostname: '1 to 63 letters, digits, and hyphens, with no hyphen at either end; unique.',
  hostnameStrict:
    '1 to 63 lowercase letters, digits, and hyphens, beginning with a letter, with no hyphen at the end; unique.',
  mac: 'Six pairs of hexadecimal digits, separated by colons or hyphens.',
  ipv4: 'IPv4 address without leading zeros.',
  ipv6: 'IPv6 address.',
  nic: 'InfiniBand.Slot.7-1, InfiniBand.PCIe.Slot.b5-1, NIC.InfiniBand.1-1, or InfiniBand.Single-1. Fill it in together with an InfiniBand address, or leave both empty.',
} as const satisfies Readonly<Record<ColumnName, Template> & Record<string, Template>>;

/** What a column means, and what its cells may hold in a version. */
export function columnDoc(column: ColumnName, version: OmniaVersion): { meaning: Template; allowed: Template } {
  return { meaning: columnDocMessages[column], allowed: columnDocMessages[allowedIn(column, version)] };
}

function allowedIn(column: ColumnName, version: OmniaVersion): keyof typeof columnDocMessages {
  const { catalogRoles, osRelease, scalableUnits, strictNames } = traitsOf(version);
  switch (column) {
    case 'FUNCTIONAL_GROUP_NAME':
      return catalogRoles ? (osRelease === 'demanded' ? 'roleNamesOs' : 'roleNames') : 'roles';
    case 'GROUP_NAME':
      return scalableUnits ? 'groupsUnits' : 'groups';
    case 'SERVICE_TAG':
      return 'tag';
    case 'PARENT_SERVICE_TAG':
      return 'parent';
    case 'HOSTNAME':
      return strictNames ? 'hostnameStrict' : 'hostname';
    case 'ADMIN_MAC':
    case 'BMC_MAC':
      return 'mac';
    case 'IB_NIC_NAME':
      return 'nic';
    case 'IB_IPV6':
      return 'ipv6';
    case 'ADMIN_IP':
    case 'BMC_IP':
    case 'IB_IP':
    case 'IB_IPV4':
      return 'ipv4';
  }
}
