import { canonicalHeader } from '@omnia-buildstream/core/mapping/columns';
import type { LabNode } from '../bmc/settings.ts';

/** The mapping file of a lab fleet, in the layout of 2.2 and 2.3. */
export function mappingFileOf(nodes: readonly LabNode[]): string {
  const lines = nodes.map(({ address, adminIp, hostname, serviceTag }, index) => {
    const isControl = index === 0;
    const role = isControl ? 'slurm_control_node_x86_64' : 'slurm_node_x86_64';
    const group = isControl ? 'grp0' : `grp${String(1 + (Math.floor(index / 100) % 99))}`;
    const digits = index.toString(16).padStart(6, '0').match(/../g)?.join(':') ?? '';
    const macs = [`04:00:01:${digits}`, `04:00:02:${digits}`];
    return [role, group, serviceTag, '', hostname, macs[0], adminIp, macs[1], address, '', ''].join(',');
  });
  return [canonicalHeader.join(','), ...lines, ''].join('\n');
}

/** Service tag of node `index`: seven characters, as Dell's are. */
export function serviceTagOf(index: number): string {
  return `LB${index.toString(36).toUpperCase().padStart(5, '0')}`;
}

export function hostnameOf(index: number): string {
  return `cn-${String(index + 1).padStart(5, '0')}`;
}
