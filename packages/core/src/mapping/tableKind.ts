import type { ColumnName } from './columns.ts';

/** What a table with columns of Omnia is (omnia.md section 1.8). */
export type TableKind =
  | 'mapping'
  | 'pxeboot-inventory'
  | 'add-nodes'
  | 'report'
  | 'rack-inventory'
  | 'bmc-groups'
  | 'bmc-settings';

const inventoryColumns = new Set<ColumnName>(['BMC_IP', 'ADMIN_IP', 'HOSTNAME', 'SERVICE_TAG']);
const onlyInMapping: readonly ColumnName[] = ['FUNCTIONAL_GROUP_NAME', 'GROUP_NAME', 'PARENT_SERVICE_TAG'];
/** Columns of a report: what was found, and how it went. */
const reportNames =
  /^(?:bmc_)?(?:(?:nic_|link_)?status|state|result|reason|error|message|model|vendor|manufacturer|power_state)$/i;
const linkStatus = /_link_status$/i;

/** Whether rows are read: for a report, or a table of older guides, the only finding says what it is. */
export function isRead(kind: TableKind): boolean {
  return kind === 'mapping' || kind === 'pxeboot-inventory';
}

/** Tables that are given to the discovery, or written for telemetry; none of them says how a node is reached. */
function inputKind(names: readonly string[], has: (column: ColumnName) => boolean): TableKind | undefined {
  const plain = names.map((name) => name.trim().toLowerCase());
  if (plain.length === 2 && plain[0] === 'vendor_profile') return 'bmc-settings';
  if (has('HOSTNAME') || has('ADMIN_MAC') || has('ADMIN_IP')) return undefined;
  if (has('SERVICE_TAG') && plain.includes('rack') && plain.includes('uslot')) return 'rack-inventory';
  return plain.length === 3 && has('BMC_IP') && has('GROUP_NAME') && plain.includes('parent')
    ? 'bmc-groups'
    : undefined;
}

/** @param names what the header calls its columns @param columns those of them that Omnia's mapping files have */
export function tableKind(names: readonly string[], columns: readonly (ColumnName | undefined)[]): TableKind {
  const has = (column: ColumnName): boolean => columns.includes(column);
  const own = inputKind(names, has);
  if (own !== undefined) return own;
  if (names.length < 2 || onlyInMapping.some(has)) return 'mapping';
  const isInventory = columns.every((column) => column !== undefined && inventoryColumns.has(column));
  if (isInventory && has('BMC_IP')) return 'pxeboot-inventory';
  if (!has('BMC_IP') && !has('SERVICE_TAG')) return 'mapping';
  const plain = names.map((name) => name.trim());
  if (!has('ADMIN_MAC') && plain.some((name) => name.toLowerCase() === 'role')) return 'add-nodes';
  return plain.some((name) => reportNames.test(name) || linkStatus.test(name)) ? 'report' : 'mapping';
}
