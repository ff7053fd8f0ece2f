import { isIpv4 } from '../../mapping/addresses.ts';
import type { FailedNodesRule } from '../rule.ts';

const messages = {
  bad: '{value} is not a valid IPv4 address. Omnia looks for exactly this text among the BMC_IPs of the mapping file.',
  noText: '{value} is not a string. No BMC_IP is equal to it, so this entry has no effect.',
} as const;

/** BMC_IP is the key of all restart bookkeeping (Omnia 2.2). */
export const badBmcIp: FailedNodesRule = {
  code: 'bad-bmc-ip',
  level: 'error',
  messages,
  inSchema: true,
  check({ document, mapping }, report) {
    for (const entry of document.entries) {
      const field = entry.fields.get('bmc_ip');
      if (field === undefined || (typeof field.value === 'string' && isIpv4(field.value))) continue;
      // A row with the same blanks is the same node to Omnia.
      if (typeof field.value === 'string' && (mapping?.rowsOf(field.value).length ?? 0) > 0) continue;
      report(
        field.range,
        typeof field.value === 'string' ? messages.bad : messages.noText,
        { value: JSON.stringify(field.value ?? null) },
        entry,
      );
    }
  },
};
