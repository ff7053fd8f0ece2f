import { isIpv4 } from '../../mapping/addresses.ts';
import { stringOf } from '../document.ts';
import { removeEntry, setField } from '../edits.ts';
import type { FailedNodesRule } from '../rule.ts';

const messages = {
  failed: 'No row of the mapping file has the BMC_IP {value}: this entry has no effect.',
  success:
    'No row of the mapping file has the BMC_IP {value}. Omnia considers it booted all the same: a node that gets this address later would be left out.',
  blanks:
    'No row of the mapping file has the BMC_IP {value}. Omnia compares it with its spaces, so this entry has no effect on {host}, whose BMC_IP is {other}.',
  write: 'Change to {other}, as in the mapping file',
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
      if (value === undefined || field === undefined || mapping.rowsOf(value).length > 0) continue;
      const near = mapping.nearTo?.(value)[0];
      if (near !== undefined) {
        const params = { value: JSON.stringify(value), host: near.text.HOSTNAME, other: JSON.stringify(near.bmcKey) };
        report(field.range, messages.blanks, params, entry);
        continue;
      }
      if (!isIpv4(value)) continue;
      const isMarked = entry.fields.get('status')?.value === 'success';
      report(field.range, isMarked ? messages.success : messages.failed, { value }, entry);
    }
  },
  fixes({ entry, message }, { document, mapping }) {
    if (entry === undefined) return [];
    const near = message === messages.blanks ? mapping?.nearTo?.(stringOf(entry.fields, 'bmc_ip') ?? '')[0] : undefined;
    if (near !== undefined) {
      const params = { other: JSON.stringify(near.bmcKey) };
      return [{ title: messages.write, params, edits: setField(document, entry, 'bmc_ip', near.bmcKey) }];
    }
    return [{ title: messages.remove, params: {}, edits: removeEntry(document, entry) }];
  },
};
