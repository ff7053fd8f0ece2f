import { stringOf, type FailedEntry } from '../document.ts';
import type { FailedNodesRule } from '../rule.ts';

const messages = {
  conflict:
    'Duplicate BMC_IP {value}: listed above with the status {other}. Omnia puts the node into both lists, and booted takes precedence.',
} as const;

/** success → booted, failed → retry, and booted nodes are taken off (Omnia 2.2). */
export const conflictingStatus: FailedNodesRule = {
  code: 'conflicting-status',
  level: 'warning',
  messages,
  check({ document }, report) {
    const first = new Map<string, FailedEntry>();
    for (const entry of document.entries) {
      const value = stringOf(entry.fields, 'bmc_ip');
      const field = entry.fields.get('bmc_ip');
      if (value === undefined || field === undefined) continue;
      const earlier = first.get(value);
      if (earlier === undefined) {
        first.set(value, entry);
        continue;
      }
      const other = earlier.fields.get('status')?.value;
      if (other === entry.fields.get('status')?.value) continue;
      report(field.range, messages.conflict, { value, other: JSON.stringify(other ?? null) }, entry);
    }
  },
};
