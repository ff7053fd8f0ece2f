import { setStatus } from '../edits.ts';
import { openingOf } from '../places.ts';
import type { FailedNodesRule } from '../rule.ts';

const messages = {
  missing: 'This entry has no status. The restart stage fails on it.',
  failed: 'Add the status "failed": retry the node',
  success: 'Add the status "success": the node was booted by hand',
} as const;

/** Omnia compares the status of every entry (Omnia 2.2, compute_effective_inventory.yml). */
export const entryWithoutStatus: FailedNodesRule = {
  code: 'entry-without-status',
  level: 'error',
  messages,
  inSchema: true,
  check({ document }, report) {
    for (const entry of document.entries) {
      if (entry.node.type === 'object' && !entry.fields.has('status')) {
        report(openingOf(document, entry), messages.missing, {}, entry);
      }
    }
  },
  fixes({ entry }, { document }) {
    if (entry === undefined) return [];
    return [
      { title: messages.failed, params: {}, edits: setStatus(document, entry, 'failed') },
      { title: messages.success, params: {}, edits: setStatus(document, entry, 'success') },
    ];
  },
};
