import type { FailedNodesRule } from '../rule.ts';

const messages = {
  broken: 'This is not JSON: {reason}. The restart stage fails on such a file.',
  empty: 'The file is empty. Omnia writes an object with a list failed_nodes.',
} as const;

/** A person fixes the first faults first; what follows is often only their echo. */
const reportedFaults = 20;

/** Malformed JSON fails the play (Omnia 2.2, compute_effective_inventory.yml). */
export const syntax: FailedNodesRule = {
  code: 'failed-nodes-syntax',
  level: 'error',
  messages,
  inSchema: true,
  check({ document }, report) {
    if (document.text.trim() === '') {
      report(document.lines.range(0, 0), messages.empty);
      return;
    }
    for (const { reason, range } of document.faults.slice(0, reportedFaults))
      report(range, messages.broken, { reason });
  },
};
