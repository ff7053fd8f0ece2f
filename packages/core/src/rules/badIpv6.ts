import { isIpv6 } from '../mapping/addresses.ts';
import { levels } from '../mapping/versions.ts';
import { hiddenMessages, reportBad, showValue } from './hiddenValue.ts';
import type { Rule } from './rule.ts';

const messages = {
  ...hiddenMessages,
  bad: "'{value}' is not a valid IPv6 address.",
} as const;

/** IB_IPV6 of the layout after 2.3 (omnia.md section 1.6). */
export const badIpv6: Rule = {
  code: 'bad-ipv6',
  levels: levels({ next: 'error' }),
  messages,
  checkRow(row, scope) {
    const value = row.text.IB_IPV6;
    if (value !== '' && !isIpv6(value)) reportBad(scope, row, 'IB_IPV6', messages.bad, isIpv6);
  },
  fixes: (finding, scope) => showValue(finding, scope) ?? [],
};
