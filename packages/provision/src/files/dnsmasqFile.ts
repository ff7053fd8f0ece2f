import type { BootNode } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { ownMark } from './ipxeScript.ts';

export const dnsmasqName = 'dnsmasq-hosts.conf';

/** Address and name of each node for dnsmasq, with a tag for its role. Values must have passed `checkValues`. */
export function dnsmasqFile(nodes: readonly BootNode[]): string {
  const lines = nodes.map(({ mac, role, ip, hostname }) => `dhcp-host=${mac},set:${role},${ip},${hostname}`);
  return ['# Nodes for dnsmasq: conf-file=<this file>', ownMark, ...lines, ''].join('\n');
}
