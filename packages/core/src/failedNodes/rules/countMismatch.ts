import type { FailedNodesDocument } from '../document.ts';
import type { FailedNodesRule } from '../rule.ts';

const messages = {
  more: 'failure_count is greater than total_nodes.',
  less: 'failure_count is {count}, but the number of entries with the status "failed" is {failed}.',
} as const;

/** Counts need no care after marking nodes; these two cannot come from Omnia. */
export const countMismatch: FailedNodesRule = {
  code: 'count-mismatch',
  level: 'warning',
  messages,
  check({ document }, report) {
    const field = document.header.get('failure_count');
    const count = countOf(document, 'failure_count');
    if (field === undefined || count === undefined) return;
    const total = countOf(document, 'total_nodes');
    const failed = document.entries.filter(({ fields }) => fields.get('status')?.value === 'failed').length;
    if (total !== undefined && count > total) report(field.range, messages.more);
    else if (count < failed) report(field.range, messages.less, { count, failed });
  },
};

/** Omnia writes counts as numbers or, through a template, as digits in quotes. */
function countOf({ header }: FailedNodesDocument, key: string): number | undefined {
  const value = header.get(key)?.value;
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[0-9]+$/.test(value) ? Number(value) : undefined;
}
