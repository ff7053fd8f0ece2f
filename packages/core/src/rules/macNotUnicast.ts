import { isMac, normaliseMac } from '../mapping/addresses.ts';
import { everywhere } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  zero: "'{value}' is all zeros: no network card has this address.",
  broadcast: "'{value}' is the broadcast address: no network card has it.",
  group: "'{value}' is a group (multicast) address: the lowest bit of the first pair is set. No network card has it.",
} as const;

/** Addresses that no NIC can have pass every version (omnia.md section 1.7). */
export const macNotUnicast: Rule = {
  code: 'mac-not-unicast',
  levels: everywhere('warning'),
  messages,
  checkRow(row, scope) {
    for (const column of ['ADMIN_MAC', 'BMC_MAC'] as const) {
      const value = row.text[column];
      if (!isMac(value)) continue;
      const message = fault(normaliseMac(value));
      if (message !== undefined) scope.report(scope.at(row, column), message, { value });
    }
  },
};

function fault(mac: string): string | undefined {
  if (mac === '00:00:00:00:00:00') return messages.zero;
  if (mac === 'ff:ff:ff:ff:ff:ff') return messages.broadcast;
  return '13579bdf'.includes(mac.charAt(1)) ? messages.group : undefined;
}
