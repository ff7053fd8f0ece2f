import { setCell } from '../csv/edits.ts';
import { byAddress } from './groupings.ts';
import { everywhere } from '../mapping/versions.ts';
import { related } from './helpers.ts';
import type { Rule } from './rule.ts';
import { nextValue } from './suggest.ts';

const messages = {
  both: '{value} is also an ADMIN_IP. A BMC and a node never share an address.',
  admin: 'Used here as ADMIN_IP.',
  next: 'Change ADMIN_IP in line {line} to the next free address {value}',
} as const;

/** ADMIN_IP equal to a BMC_IP of the same or another row passes every version (omnia.md section 1.7). */
export const adminIpIsBmcIp: Rule = {
  code: 'admin-ip-is-bmc-ip',
  levels: everywhere('warning'),
  messages,
  grouping: byAddress,
  checkBucket(bucket, scope) {
    if (bucket.size < 2) return;
    const admin = bucket.first('ADMIN_IP');
    for (const row of admin === undefined ? [] : bucket.rows('BMC_IP')) {
      scope.report(scope.at(row, 'BMC_IP'), messages.both, { value: row.text.BMC_IP }, [
        related(scope, admin ?? row, 'ADMIN_IP', messages.admin),
      ]);
    }
  },
  /**
   * A BMC responds at its address; the node's address is chosen by the author of the file. Where several nodes have it,
   * they are separated first (dup-admin-ip).
   */
  suggestions({ related: [first] }, scope) {
    const { record, cell } = first?.place ?? {};
    const row = record === undefined ? undefined : scope.rowOf(record);
    if (row === undefined || scope.find('ADMIN_IP', row.text.ADMIN_IP).length > 1) return [];
    const value = nextValue(scope, row, 'ADMIN_IP');
    if (record === undefined || cell === undefined || value === undefined) return [];
    const line = scope.document.lineOf(scope.document.indexOf(record)) + 1;
    const edits = [setCell(scope.document, record, cell, value)];
    return [{ title: messages.next, params: { line, value }, edits, safe: false }];
  },
};
