import { headersOf, type ColumnName } from '../mapping/columns.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';

const roles = ['slurm_control_node', 'slurm_node', 'slurm_node', 'login_node'] as const;
const hostnames = ['head1', 'node1', 'node2', 'login1'] as const;
const groups = ['grp0', 'grp1', 'grp1', 'grp2'] as const;

/** The header of a new file: 2.2 prefers the one with InfiniBand, which its columns allow to leave out. */
export function headerOfNew(version: OmniaVersion): readonly ColumnName[] {
  return headersOf(version).at(traitsOf(version).fixedColumns ? 0 : -1) ?? [];
}

export const exampleCount = roles.length;

/** A small valid mapping file for a version: every cell is an example to be replaced. @param adminIps for its nodes */
export function exampleFile(version: OmniaVersion, adminIps: readonly string[]): string {
  const header = headerOfNew(version);
  const rows = roles.map((role, index) => {
    const adminIp = adminIps[index] ?? `172.16.107.${String(51 + index)}`;
    return header.map((column) => exampleCell(column, { role, index, adminIp, version })).join(',');
  });
  return [header.join(','), ...rows, ''].join('\n');
}

interface Example {
  readonly role: string;
  readonly index: number;
  readonly adminIp: string;
  readonly version: OmniaVersion;
}

function exampleCell(column: ColumnName, { role, index, adminIp, version }: Example): string {
  const number = index + 1;
  switch (column) {
    case 'FUNCTIONAL_GROUP_NAME':
      return traitsOf(version).osRelease === 'demanded' ? `${role}_rhel_10_0_x86_64` : `${role}_x86_64`;
    case 'GROUP_NAME':
      return groups[index] ?? 'grp0';
    case 'SERVICE_TAG':
      return `TAG000${String(number)}`;
    case 'HOSTNAME':
      return hostnames[index] ?? `node${String(number)}`;
    case 'ADMIN_MAC':
      return `02:00:00:00:01:0${String(number)}`;
    case 'ADMIN_IP':
      return adminIp;
    case 'BMC_MAC':
      return `02:00:00:00:02:0${String(number)}`;
    case 'BMC_IP':
      return `172.17.107.${String(50 + number)}`;
    case 'PARENT_SERVICE_TAG':
    case 'IB_NIC_NAME':
    case 'IB_IP':
    case 'IB_IPV4':
    case 'IB_IPV6':
      return '';
  }
}
