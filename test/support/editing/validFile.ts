import { headersOf, type ColumnName } from '@omnia-buildstream/core/mapping/columns';
import { traitsOf, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';

const two = (n: number): string => n.toString(16).padStart(2, '0');

/** A mapping file without errors in this version: a controller, then workers of one group. */
export function validFile(version: OmniaVersion, count: number, header = headersOf(version)[0] ?? []): string {
  const rows = Array.from({ length: count }, (_, n) => header.map((column) => cellOf(column, n, version)).join(','));
  return [header.join(','), ...rows, ''].join('\n');
}

function cellOf(column: ColumnName, n: number, version: OmniaVersion): string {
  const release = traitsOf(version).osRelease === 'demanded' ? '_rhel_10_0' : '';
  switch (column) {
    case 'FUNCTIONAL_GROUP_NAME':
      return n === 0 ? `slurm_control_node${release}_x86_64` : `slurm_node${release}_x86_64`;
    case 'GROUP_NAME':
      return n === 0 ? 'grp0' : 'grp1';
    case 'SERVICE_TAG':
      return `TAG${String(1000 + n)}`;
    case 'HOSTNAME':
      return `cn${String(n + 1).padStart(3, '0')}`;
    case 'ADMIN_MAC':
      return `02:00:00:00:${two(n >> 8)}:${two(n % 256)}`;
    case 'ADMIN_IP':
      return `172.16.${String(n >> 7)}.${String(1 + (n % 128))}`;
    case 'BMC_MAC':
      return `02:00:00:01:${two(n >> 8)}:${two(n % 256)}`;
    case 'BMC_IP':
      return `172.17.${String(n >> 7)}.${String(1 + (n % 128))}`;
    case 'PARENT_SERVICE_TAG':
    case 'IB_NIC_NAME':
    case 'IB_IP':
    case 'IB_IPV4':
    case 'IB_IPV6':
      return '';
  }
}
