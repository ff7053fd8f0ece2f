import { headersOf, type ColumnName } from '@omnia-buildstream/core/mapping/columns';
import { traitsOf, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';

const roles = ['slurm_control_node', 'slurm_node', 'slurm_node', 'login_node'] as const;
const hostnames = ['head1', 'node1', 'node2', 'login1'] as const;
const groups = ['grp0', 'grp1', 'grp1', 'grp2'] as const;

/** A small valid mapping file for a version: every cell is an example to be replaced. */
export function mappingTemplate(version: OmniaVersion): string {
  // 2.2 prefers the header with InfiniBand, which its columns allow to leave out.
  const header = headersOf(version).at(traitsOf(version).fixedColumns ? 0 : -1) ?? [];
  const rows = roles.map((role, index) => header.map((column) => exampleCell(column, role, index, version)).join(','));
  return [header.join(','), ...rows, ''].join('\n');
}

function exampleCell(column: ColumnName, role: string, index: number, version: OmniaVersion): string {
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
      return `172.16.107.${String(50 + number)}`;
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
