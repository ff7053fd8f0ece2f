import { adminNetworks, isEdge } from '../context/adminAddress.ts';
import { formatNetwork, inNetwork, parseIpv4 } from '../mapping/addresses.ts';
import { everywhere } from '../mapping/versions.ts';
import { nextAddressInSubnet } from './suggest.ts';
import type { Rule } from './rule.ts';

const messages = {
  network: '{value} is the network address of {network}. No node can have it.',
  broadcast: '{value} is the broadcast address of {network}. No node can have it.',
  next: 'Use the next free address {value}',
} as const;

/** Passes every version (omnia.md section 1.7). */
export const ipNetworkOrBroadcast: Rule = {
  code: 'ip-network-or-broadcast',
  levels: everywhere('warning'),
  messages,
  needs: 'network',
  checkRow(row, scope) {
    const { network } = scope.context;
    const address = parseIpv4(row.text.ADMIN_IP);
    if (network === undefined || address === undefined) return;
    const subnet = adminNetworks(network, scope.version).find((candidate) => inNetwork(candidate, address));
    if (subnet === undefined || !isEdge(subnet, address)) return;
    const message = address === subnet.base ? messages.network : messages.broadcast;
    scope.report(scope.at(row, 'ADMIN_IP'), message, { value: row.text.ADMIN_IP, network: formatNetwork(subnet) });
  },
  suggestions: (finding, scope) => nextAddressInSubnet(finding, scope, messages.next),
};
