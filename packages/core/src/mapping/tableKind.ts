import type { ColumnName } from './columns.ts';

/** What a table with columns of Omnia is (omnia.md section 1.8). */
export type TableKind = 'mapping' | 'pxeboot-inventory' | 'add-nodes' | 'report';

const inventoryColumns = new Set<ColumnName>(['BMC_IP', 'ADMIN_IP', 'HOSTNAME', 'SERVICE_TAG']);
const onlyInMapping: readonly ColumnName[] = ['FUNCTIONAL_GROUP_NAME', 'GROUP_NAME', 'PARENT_SERVICE_TAG'];
/** Columns of a report: what was found, and how it went. */
const reportNames =
  /^(?:bmc_)?(?:(?:nic_|link_)?status|state|result|reason|error|message|model|vendor|manufacturer|power_state)$/i;
const linkStatus = /_link_status$/i;

/** Whether rows are read: of a report, and of a table of older guides, nothing is judged but that it is one. */
export function isRead(kind: TableKind): boolean {
  return kind === 'mapping' || kind === 'pxeboot-inventory';
}

/** @param names what the header calls its columns @param columns those of them that Omnia's mapping files have */
export function tableKind(names: readonly string[], columns: readonly (ColumnName | undefined)[]): TableKind {
  const has = (column: ColumnName): boolean => columns.includes(column);
  if (names.length < 2 || onlyInMapping.some(has)) return 'mapping';
  const isInventory = columns.every((column) => column !== undefined && inventoryColumns.has(column));
  if (isInventory && has('BMC_IP')) return 'pxeboot-inventory';
  if (!has('BMC_IP') && !has('SERVICE_TAG')) return 'mapping';
  const plain = names.map((name) => name.trim());
  if (!has('ADMIN_MAC') && plain.some((name) => name.toLowerCase() === 'role')) return 'add-nodes';
  return plain.some((name) => reportNames.test(name) || linkStatus.test(name)) ? 'report' : 'mapping';
}
