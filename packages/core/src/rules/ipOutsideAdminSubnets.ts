import { adminNetworks } from '../context/adminAddress.ts';
import { formatNetwork, inNetwork, parseIpv4 } from '../mapping/addresses.ts';
import { everywhere } from '../mapping/versions.ts';
import { nextAddressInSubnet } from './suggest.ts';
import type { Rule } from './rule.ts';

const messages = {
  outside: '{value} is not in an admin subnet of network_spec.yml ({networks}).',
  next: 'Use the next free address {value}',
} as const;

/** Rule 29 of omnia.md section 1.3: 2.1 looks at the OIM's subnet only, 2.3 at those whose address has no host bits. */
export const ipOutsideAdminSubnets: Rule = {
  code: 'ip-outside-admin-subnets',
  levels: everywhere('error'),
  messages,
  needs: 'network',
  checkRow(row, scope) {
    const { network } = scope.context;
    const address = parseIpv4(row.text.ADMIN_IP);
    if (network === undefined || address === undefined) return;
    const networks = adminNetworks(network, scope.version);
    if (networks.length === 0 || networks.some((candidate) => inNetwork(candidate, address))) return;
    const params = { value: row.text.ADMIN_IP, networks: networks.map(formatNetwork).join(', ') };
    scope.report(scope.at(row, 'ADMIN_IP'), messages.outside, params);
  },
  suggestions: (finding, scope) => nextAddressInSubnet(finding, scope, messages.next),
};
