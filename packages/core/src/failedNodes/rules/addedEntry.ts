import { stringOf } from '../document.ts';
import { removeEntry } from '../edits.ts';
import { bmcIps } from './deletedEntry.ts';
import type { FailedNodesRule } from '../rule.ts';

const messages = {
  success:
    'Added by hand: the committed file has no entry for {value}. With "success" a node that never failed is left out of the next run.',
  failed:
    'Added by hand: the committed file has no entry for {value}. It has no effect: a node that is in the mapping file and not booted is retried anyway.',
  remove: 'Remove the entry',
} as const;

/** A row with `success` for a node that never failed skips it (Omnia 2.2, compute_effective_inventory.yml). */
export const addedEntry: FailedNodesRule = {
  code: 'entry-added-by-hand',
  level: 'warning',
  messages,
  check({ document, committed }, report) {
    if (committed?.root === undefined) return;
    const known = bmcIps(committed);
    for (const entry of document.entries) {
      const value = stringOf(entry.fields, 'bmc_ip');
      const field = entry.fields.get('bmc_ip');
      if (value === undefined || field === undefined || known.has(value)) continue;
      const isMarked = entry.fields.get('status')?.value === 'success';
      report(field.range, isMarked ? messages.success : messages.failed, { value }, entry);
    }
  },
  fixes({ entry }, { document }) {
    return entry === undefined ? [] : [{ title: messages.remove, params: {}, edits: removeEntry(document, entry) }];
  },
};
