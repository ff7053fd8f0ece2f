import { isIpv4 } from '../mapping/addresses.ts';
import { oneLine } from '../text/foreignText.ts';
import { phrase, type Phrase } from '../text/phrase.ts';
import type { Target } from './targets.ts';

/** What Omnia's PXE boot demands of an inventory (omnia.md section 4.1): these columns, in any order. */
const inventoryColumns = ['BMC_IP', 'ADMIN_IP', 'HOSTNAME', 'SERVICE_TAG'] as const;

export const inventoryTexts = {
  howTo:
    'Omnia 2.3 PXE-boots exactly these nodes, whatever was booted before. Save the inventory on the management server, then run {command}',
  badCell: 'Line {line} of the mapping file: {column} {value} is not allowed in an inventory. Correct it first',
  noNode: 'None of these nodes has a row with a BMC_IP in the mapping file, so the inventory would be empty',
} as const;

/** How Omnia is run with an inventory (omnia.md section 4.1). */
export const inventoryCommand = 'ansible-playbook orchestrator.yml --tags pxeboot -e pxeboot_inventory=FILE';

/** A cell that cannot stand in an inventory. */
export interface InventoryFault {
  readonly column: (typeof inventoryColumns)[number];
  readonly value: string;
  /** Line of the row in the mapping file, from 0. */
  readonly line: number;
}

/**
 * A `pxeboot_inventory`: the nodes that a run of Omnia's own PXE boot restarts, whatever the mapping file and the lists
 * of earlier runs say. Nodes without a BMC_IP are left out, because they would end the run.
 *
 * Its rows become hosts of Ansible: a cell that is not a plain word (a line break, a section, braces) is refused, and is
 * an error of the mapping file anyway.
 */
export function pxebootInventory(
  nodes: readonly Target[],
): { readonly text: string } | { readonly fault: InventoryFault } {
  const lines = [inventoryColumns.join(',')];
  for (const { bmcIp, adminIp, hostname, serviceTag, line } of nodes) {
    if (bmcIp.trim() === '') continue;
    const cells = [bmcIp, adminIp, hostname, serviceTag].map((cell) => cell.trim());
    for (const [index, column] of inventoryColumns.entries()) {
      const value = cells[index] ?? '';
      if (!(column === 'BMC_IP' ? isIpv4(value) : isPlain(value))) return { fault: { column, value, line } };
    }
    lines.push(cells.join(','));
  }
  return { text: lines.map((line) => `${line}\n`).join('') };
}

export function faultPhrase({ line, column, value }: InventoryFault): Phrase {
  return phrase(inventoryTexts.badCell, { line: line + 1, column, value: JSON.stringify(oneLine(value)) });
}

/** Letters of any language are allowed in a service tag of 2.2. */
function isPlain(cell: string): boolean {
  return /^(?:[\p{L}\p{N}][\p{L}\p{N}_.:-]*)?$/u.test(cell);
}
