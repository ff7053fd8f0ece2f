import { encodeCell } from '../csv/edits.ts';
import type { Target } from './targets.ts';

/** What Omnia's PXE boot demands of an inventory (omnia.md section 4.1): these columns, in any order. */
export const inventoryColumns = ['BMC_IP', 'ADMIN_IP', 'HOSTNAME', 'SERVICE_TAG'] as const;

/**
 * A `pxeboot_inventory`: the nodes that a run of Omnia's own PXE boot restarts, whatever the mapping file and the lists
 * of earlier runs say. Nodes without a BMC_IP are left out, because they would end the run.
 */
export function pxebootInventory(nodes: readonly Target[]): string {
  const lines = nodes
    .filter(({ bmcIp }) => bmcIp.trim() !== '')
    .map(({ bmcIp, adminIp, hostname, serviceTag }) => [bmcIp.trim(), adminIp, hostname, serviceTag]);
  return [inventoryColumns, ...lines]
    .map((cells) => `${cells.map((cell) => encodeCell(cell, ',')).join(',')}\n`)
    .join('');
}
