import { stringOf } from '../document.ts';
import { setStatus } from '../edits.ts';
import type { FailedNodesRule } from '../rule.ts';

const messages = {
  back: 'The committed file has "success" here. Once Omnia has read it, the node is considered booted, and changing it back has no effect: only another image group or a new mapping row boots it again.',
  success: 'Change to "success" again',
} as const;

/** `success` → `failed` has no effect once the node is among the booted ones (Omnia 2.2, update_restart_state.yml). */
export const setBack: FailedNodesRule = {
  code: 'status-set-back',
  level: 'warning',
  messages,
  check({ document, committed }, report) {
    if (committed === undefined) return;
    const marked = new Set(
      committed.entries
        .filter(({ fields }) => fields.get('status')?.value === 'success')
        .map(({ fields }) => stringOf(fields, 'bmc_ip')),
    );
    for (const entry of document.entries) {
      const field = entry.fields.get('status');
      const bmcIp = stringOf(entry.fields, 'bmc_ip');
      if (field?.value === 'failed' && bmcIp !== undefined && marked.has(bmcIp))
        report(field.range, messages.back, {}, entry);
    }
  },
  fixes({ entry }, { document }) {
    if (entry === undefined) return [];
    return [{ title: messages.success, params: {}, edits: setStatus(document, entry, 'success') }];
  },
};
