import { isIpv4 } from '../../mapping/addresses.ts';
import type { FailedNodesRule } from '../rule.ts';

const messages = {
  bad: '{value} is no IPv4 address. Omnia looks for exactly this text among the BMC_IPs of the mapping file.',
} as const;

/** BMC_IP is the key of all restart bookkeeping (Omnia 2.2). */
export const badBmcIp: FailedNodesRule = {
  code: 'bad-bmc-ip',
  level: 'error',
  messages,
  inSchema: true,
  check({ document }, report) {
    for (const entry of document.entries) {
      const field = entry.fields.get('bmc_ip');
      if (field === undefined || (typeof field.value === 'string' && isIpv4(field.value))) continue;
      report(field.range, messages.bad, { value: JSON.stringify(field.value ?? null) }, entry);
    }
  },
};
