import { parseIpv4 } from '../mapping/addresses.ts';
import { levels } from '../mapping/versions.ts';
import { nextAddressInSubnet } from './suggest.ts';
import type { Rule } from './rule.ts';

const messages = {
  oim: '{value} is the address of the management server on the admin network.',
  next: 'Use the next free address {value}',
} as const;

/** Refused by 2.1 only (omnia.md sections 1.3 and 1.7). */
export const ipIsOim: Rule = {
  code: 'ip-is-oim',
  levels: levels({ '2.1': 'error', '2.2': 'warning' }),
  messages,
  needs: 'network',
  checkRow(row, scope) {
    const oim = scope.context.network?.oimAdminIp;
    if (oim === undefined || parseIpv4(row.text.ADMIN_IP) !== oim) return;
    scope.report(scope.at(row, 'ADMIN_IP'), messages.oim, { value: row.text.ADMIN_IP });
  },
  suggestions: (finding, scope) => nextAddressInSubnet(finding, scope, messages.next),
};
