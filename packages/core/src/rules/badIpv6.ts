import { isIpv6 } from '../mapping/addresses.ts';
import { levels } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  bad: "'{value}' is no IPv6 address.",
} as const;

/** IB_IPV6 of the layout after 2.3 (omnia.md section 1.6). */
export const badIpv6: Rule = {
  code: 'bad-ipv6',
  levels: levels({ next: 'error' }),
  messages,
  checkRow(row, scope) {
    const value = row.text.IB_IPV6;
    if (value !== '' && !isIpv6(value)) scope.report(scope.at(row, 'IB_IPV6'), messages.bad, { value });
  },
};
