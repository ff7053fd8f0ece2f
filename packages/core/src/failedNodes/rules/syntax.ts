import type { FailedNodesRule } from '../rule.ts';

const messages = {
  comment: 'JSON does not allow comments. The restart stage fails on this file.',
  comma: 'JSON does not allow a comma after the last element. The restart stage fails on this file.',
  removeComment: 'Remove the comment',
  removeComma: 'Remove the comma',
  broken: 'This is not valid JSON: {reason}. The restart stage fails on this file.',
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
    // Bytes of UTF-16 are not text at all.
    if (document.bytes === 'utf-16') return;
    for (const { reason, range, extra } of document.faults.slice(0, reportedFaults)) {
      if (extra === 'comment') report(range, messages.comment);
      else if (extra === 'trailing-comma') report(range, messages.comma);
      else report(range, messages.broken, { reason });
    }
  },
  fixes({ message, range }) {
    const title = message === messages.comment ? messages.removeComment : messages.removeComma;
    const isExtra = message === messages.comment || message === messages.comma;
    return isExtra ? [{ title, params: {}, edits: [{ range, newText: '' }] }] : [];
  },
};
