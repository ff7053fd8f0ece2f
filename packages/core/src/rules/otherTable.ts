import type { TableKind } from '../mapping/tableKind.ts';
import { everywhere } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  'pxeboot-inventory':
    'This is a PXE boot inventory (pxeboot_inventory of Omnia 2.3), not a mapping file. Its names and addresses are checked; exactly its rows are booted.',
  'add-nodes': 'This is a node table of older guides, not a mapping file. Omnia does not read it as one.',
  'rack-inventory':
    "This is the rack inventory that Omnia's discovery reads (admin_inventory.csv), not a mapping file. The discovery writes one.",
  'bmc-groups':
    'This is a list of BMCs by group that Omnia writes for telemetry (bmc_group_data.csv), not a mapping file.',
  'bmc-settings':
    "This is the table of Redfish paths that Omnia's discovery reads (bmc_redfish_config.csv), not a mapping file.",
  report: 'This is a report, not a mapping file. Omnia writes it to be read with one.',
} as const satisfies Record<Exclude<TableKind, 'mapping'>, string>;

/** Tables that have columns of a mapping file but are not one (omnia.md section 1.8). */
export const otherTable: Rule = {
  code: 'other-table',
  levels: everywhere('info'),
  ofAnyTable: true,
  messages,
  checkFile(scope) {
    const { header, kind } = scope.layout;
    if (kind === 'mapping') return;
    scope.report({ record: header, cell: undefined, column: undefined }, messages[kind]);
  },
};
