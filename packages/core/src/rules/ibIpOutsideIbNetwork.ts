import { formatIpv4, inIpv6Network, inNetwork, parseIpv4, parseIpv6 } from '../mapping/addresses.ts';
import type { ColumnName } from '../mapping/columns.ts';
import type { NetworkSpec } from '../context/context.ts';
import { isEdge } from '../context/adminAddress.ts';
import { levels } from '../mapping/versions.ts';
import { replaceValue } from './helpers.ts';
import type { Rule } from './rule.ts';
import { nextFreeAddress } from './suggest.ts';

const messages = {
  outside: '{value} is outside the ib_network of network_spec.yml.',
  next: 'Use the next free address {value}',
} as const;

const columns: readonly ColumnName[] = ['IB_IP', 'IB_IPV4', 'IB_IPV6'];

/** No version compares InfiniBand addresses with their network (omnia.md section 1.7). */
export const ibIpOutsideIbNetwork: Rule = {
  code: 'ib-ip-outside-ib-network',
  levels: levels({ '2.2': 'warning' }),
  messages,
  needs: 'network',
  checkRow(row, scope) {
    const { network } = scope.context;
    if (network === undefined) return;
    for (const column of columns) {
      const value = row.text[column];
      if (value !== '' && isOutside(network, column, value)) {
        scope.report(scope.at(row, column), messages.outside, { value });
      }
    }
  },
  suggestions(finding, scope) {
    const { column } = finding.place;
    const network = scope.context.network?.ibIpv4;
    if (network === undefined || (column !== 'IB_IP' && column !== 'IB_IPV4')) return [];
    const next = nextFreeAddress(scope, column, formatIpv4(network.base));
    const address = next === undefined ? undefined : parseIpv4(next);
    if (next === undefined || address === undefined || !inNetwork(network, address) || isEdge(network, address))
      return [];
    return replaceValue(finding, scope, next, messages.next, false);
  },
};

/** False for what is not an address and for a network that is not known. */
function isOutside({ ibIpv4, ibIpv6 }: NetworkSpec, column: ColumnName, value: string): boolean {
  if (column === 'IB_IPV6') {
    const address = parseIpv6(value);
    return address !== undefined && ibIpv6 !== undefined && !inIpv6Network(ibIpv6.base, ibIpv6.bits, address);
  }
  const address = parseIpv4(value);
  return address !== undefined && ibIpv4 !== undefined && !inNetwork(ibIpv4, address);
}
