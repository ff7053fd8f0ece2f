import { dhcpRanges, inRange } from '../context/adminAddress.ts';
import { formatIpv4, parseIpv4 } from '../mapping/addresses.ts';
import { levels } from '../mapping/versions.ts';
import { nextAddressInSubnet } from './suggest.ts';
import type { Rule } from './rule.ts';

const messages = {
  dhcp: '{value} is in a DHCP range ({range}), so another machine may get it.',
  next: 'Use the next free address {value}',
} as const;

/** Refused by 2.1; the check is commented out in 2.2 (omnia.md sections 1.3 and 1.7). */
export const ipInDhcpRange: Rule = {
  code: 'ip-in-dhcp-range',
  levels: levels({ '2.1': 'error', '2.2': 'warning' }),
  messages,
  needs: 'network',
  checkRow(row, scope) {
    const { network } = scope.context;
    const address = parseIpv4(row.text.ADMIN_IP);
    if (network === undefined || address === undefined) return;
    const range = dhcpRanges(network, scope.version).find((candidate) => inRange(candidate, address));
    if (range === undefined) return;
    const shown = `${formatIpv4(range.first)}-${formatIpv4(range.last)}`;
    scope.report(scope.at(row, 'ADMIN_IP'), messages.dhcp, { value: row.text.ADMIN_IP, range: shown });
  },
  suggestions: (finding, scope) => nextAddressInSubnet(finding, scope, messages.next),
};
