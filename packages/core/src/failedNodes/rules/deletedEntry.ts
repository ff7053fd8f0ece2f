import { getNodeValue } from 'jsonc-parser';
import { stringOf, type FailedEntry, type FailedNodesDocument } from '../document.ts';
import { insertEntry } from '../edits.ts';
import type { FailedNodesRule, FailedNodesScope } from '../rule.ts';

const messages = {
  deleted:
    'Deleted since the last commit: {nodes}. This does not exclude them: they are retried because they are not booted. To leave a node out, set its status to "success".',
  restore: 'Restore the entry of {node}',
} as const;

/** Deleting an entry changes nothing: the node is still not booted (Omnia 2.2, compute_effective_inventory.yml). */
export const deletedEntry: FailedNodesRule = {
  code: 'deleted-entry',
  level: 'warning',
  messages,
  check(scope, report) {
    const { document } = scope;
    const deleted = deletedEntries(scope);
    const list = document.header.get('failed_nodes');
    if (deleted.length === 0 || list === undefined) return;
    report(list.keyRange, messages.deleted, { nodes: deleted.map(nameOf).join(', ') });
  },
  fixes(_finding, scope) {
    return deletedEntries(scope).map((entry) => ({
      title: messages.restore,
      params: { node: nameOf(entry) },
      edits: insertEntry(scope.document, entry.index, getNodeValue(entry.node)),
    }));
  },
};

/** Entries of the committed file whose bmc_ip is gone. */
export function deletedEntries({ document, committed }: FailedNodesScope): FailedEntry[] {
  if (committed === undefined || document.root === undefined) return [];
  const present = bmcIps(document);
  return committed.entries.filter(({ fields }) => {
    const bmcIp = stringOf(fields, 'bmc_ip');
    return bmcIp !== undefined && !present.has(bmcIp);
  });
}

export function bmcIps({ entries }: FailedNodesDocument): ReadonlySet<string> {
  return new Set(entries.flatMap(({ fields }) => stringOf(fields, 'bmc_ip') ?? []));
}

export function nameOf({ fields }: FailedEntry): string {
  const bmcIp = stringOf(fields, 'bmc_ip') ?? '';
  const hostname = stringOf(fields, 'hostname') ?? '';
  return hostname === '' ? bmcIp : `${hostname} (${bmcIp})`;
}
