import { routers } from '../context/adminAddress.ts';
import { parseIpv4 } from '../mapping/addresses.ts';
import { everywhere } from '../mapping/versions.ts';
import { nextAddressInSubnet } from './suggest.ts';
import type { Rule } from './rule.ts';

const messages = {
  router: '{value} is the address of the router of its subnet.',
  next: 'Use the next free address {value}',
} as const;

/** Passes every version (omnia.md section 1.7). */
export const ipIsRouter: Rule = {
  code: 'ip-is-router',
  levels: everywhere('warning'),
  messages,
  needs: 'network',
  checkRow(row, scope) {
    const { network } = scope.context;
    const address = parseIpv4(row.text.ADMIN_IP);
    if (network === undefined || address === undefined || !routers(network).includes(address)) return;
    scope.report(scope.at(row, 'ADMIN_IP'), messages.router, { value: row.text.ADMIN_IP });
  },
  suggestions: (finding, scope) => nextAddressInSubnet(finding, scope, messages.next),
};
