import { isIpv4 } from '../../mapping/addresses.ts';
import { stringOf } from '../document.ts';
import { removeEntry } from '../edits.ts';
import type { FailedNodesRule } from '../rule.ts';

const messages = {
  failed: 'No row of the mapping file has the BMC_IP {value}: this entry has no effect.',
  success:
    'No row of the mapping file has the BMC_IP {value}. Omnia counts it as booted all the same: a node that gets this address later would be left out.',
  remove: 'Remove the entry',
} as const;

/** Nodes to boot are those of the mapping file; booted ones are kept by the text alone (Omnia 2.2). */
export const bmcIpNotInMapping: FailedNodesRule = {
  code: 'bmc-ip-not-in-mapping',
  level: 'warning',
  messages,
  check({ document, mapping }, report) {
    if (mapping === undefined) return;
    for (const entry of document.entries) {
      const value = stringOf(entry.fields, 'bmc_ip');
      const field = entry.fields.get('bmc_ip');
      if (value === undefined || field === undefined || !isIpv4(value) || mapping.rowsOf(value).length > 0) continue;
      const isMarked = entry.fields.get('status')?.value === 'success';
      report(field.range, isMarked ? messages.success : messages.failed, { value }, entry);
    }
  },
  fixes({ entry }, { document }) {
    return entry === undefined ? [] : [{ title: messages.remove, params: {}, edits: removeEntry(document, entry) }];
  },
};
