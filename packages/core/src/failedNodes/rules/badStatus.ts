import { setStatus, type NodeStatus } from '../edits.ts';
import type { FailedNodesRule } from '../rule.ts';

const messages = {
  bad: '{value} is not a valid status. Expected "failed" or "success" in exactly this spelling. Omnia ignores the value: the node is retried only because it is not booted.',
  success: 'Change to "success": the node was booted by hand',
  failed: 'Change to "failed": retry the node',
} as const;

/** Any other value is in neither of Omnia's lists (Omnia 2.2, compute_effective_inventory.yml). */
export const badStatus: FailedNodesRule = {
  code: 'bad-status',
  level: 'error',
  messages,
  inSchema: true,
  check({ document }, report) {
    for (const entry of document.entries) {
      const field = entry.fields.get('status');
      if (field === undefined || field.value === 'failed' || field.value === 'success') continue;
      report(field.range, messages.bad, { value: JSON.stringify(field.value ?? null) }, entry);
    }
  },
  fixes({ entry }, { document }) {
    if (entry === undefined) return [];
    const likely: NodeStatus = /succ|pass|ok|done|fixed|boot|true/i.test(String(entry.fields.get('status')?.value))
      ? 'success'
      : 'failed';
    const other: NodeStatus = likely === 'success' ? 'failed' : 'success';
    return [likely, other].map((status) => ({
      title: messages[status],
      params: {},
      edits: setStatus(document, entry, status),
    }));
  },
};
