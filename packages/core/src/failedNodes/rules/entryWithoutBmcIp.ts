import { openingOf } from '../places.ts';
import type { FailedNodesRule } from '../rule.ts';

const messages = {
  missing: 'This entry has no bmc_ip, which identifies the node. The restart stage fails on it.',
} as const;

/** Omnia reads bmc_ip of every entry (Omnia 2.2, compute_effective_inventory.yml). */
export const entryWithoutBmcIp: FailedNodesRule = {
  code: 'entry-without-bmc-ip',
  level: 'error',
  messages,
  inSchema: true,
  check({ document }, report) {
    for (const entry of document.entries) {
      if (entry.node.type === 'object' && !entry.fields.has('bmc_ip')) {
        report(openingOf(document, entry), messages.missing, {}, entry);
      }
    }
  },
};
