import { stringOf } from '../document.ts';
import { setField } from '../edits.ts';
import type { FailedNodesRule } from '../rule.ts';

const messages = {
  hostname: 'The row with BMC_IP {bmcIp} is {expected}. Omnia uses only bmc_ip: this entry refers to {expected}.',
  service_tag:
    'The row with BMC_IP {bmcIp} has the service tag {expected}. Omnia uses only bmc_ip: this entry refers to that server.',
  follow: 'Change to {expected}, as in the mapping file',
} as const;

const compared = [
  ['hostname', 'HOSTNAME'],
  ['service_tag', 'SERVICE_TAG'],
] as const;

/** Hostname and service tag are never read back; a difference points to an edited key or to replaced hardware. */
export const differsFromMapping: FailedNodesRule = {
  code: 'differs-from-mapping',
  level: 'warning',
  messages,
  check({ document, mapping }, report) {
    if (mapping === undefined) return;
    for (const entry of document.entries) {
      const bmcIp = stringOf(entry.fields, 'bmc_ip') ?? '';
      const rows = mapping.rowsOf(bmcIp);
      if (rows.length === 0) continue;
      for (const [key, column] of compared) {
        const value = stringOf(entry.fields, key);
        const field = entry.fields.get(key);
        if (field === undefined || value === undefined || value === '') continue;
        if (rows.some((row) => row.text[column] === value)) continue;
        report(field.range, messages[key], { bmcIp, key, expected: rows.at(-1)?.text[column] ?? '' }, entry);
      }
    }
  },
  fixes({ entry, params }, { document }) {
    const key = params['key'];
    const expected = String(params['expected'] ?? '');
    if (entry === undefined || typeof key !== 'string') return [];
    return [{ title: messages.follow, params: { expected }, edits: setField(document, entry, key, expected) }];
  },
};
