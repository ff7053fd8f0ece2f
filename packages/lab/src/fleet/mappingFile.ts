import { canonicalHeader } from '@omnia-buildstream/core/mapping/columns';
import type { LabNode } from '../bmc/settings.ts';

/** The mapping file of a lab fleet, in the layout of 2.2 and 2.3. */
export function mappingFileOf(nodes: readonly LabNode[]): string {
  return [canonicalHeader.join(','), ...nodes.map(rowOf), ''].join('\n');
}

/** A node as a row. */
export function rowOf({ role, group, parentServiceTag, ...node }: LabNode): string {
  const { serviceTag, hostname, adminMac, adminIp, bmcMac, address } = node;
  return [role, group, serviceTag, parentServiceTag, hostname, adminMac, adminIp, bmcMac, address, '', ''].join(',');
}

/** Names and admin addresses, as in `/etc/hosts`. */
export function hostsFileOf(nodes: readonly LabNode[]): string {
  return nodes.map(({ adminIp, hostname }) => `${adminIp} ${hostname}\n`).join('');
}

/** Service tag of node `index`: seven characters, as Dell's are. */
export function serviceTagOf(index: number): string {
  return `LB${index.toString(36).toUpperCase().padStart(5, '0')}`;
}

export function hostnameOf(index: number): string {
  return `cn-${String(index + 1).padStart(5, '0')}`;
}

/** MAC of node `index`: of the port that boots, or of the BMC. */
export function macOf(index: number, port: 'admin' | 'bmc'): string {
  const digits = index.toString(16).padStart(6, '0').match(/../g)?.join(':') ?? '';
  return `04:00:${port === 'admin' ? '01' : '02'}:${digits}`;
}
