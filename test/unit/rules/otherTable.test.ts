import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalHeader } from '@omnia-buildstream/core/mapping/columns';
import { omniaVersions, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { severityOf } from '@omnia-buildstream/core/validation/settings';
import { modelAt } from '../../support/modelAt.ts';

function findingsOf(text: string, version: OmniaVersion = '2.3'): [code: string, severity: string | undefined][] {
  const { model } = modelAt(text, { version });
  return model.sortedFindings().map((finding) => [finding.rule.code, severityOf(finding, model.settings)]);
}

/** Tables of omnia.md section 1.8, each without other faults. */
const tables: readonly [what: string, text: string][] = [
  [
    'pxeboot inventory',
    'BMC_IP,ADMIN_IP,HOSTNAME,SERVICE_TAG\n10.6.0.11,10.5.0.11,node-1,TAG0001\n10.6.0.12,10.5.0.12,node-2,TAG0002\n',
  ],
  ['pxeboot inventory, other order', 'SERVICE_TAG,HOSTNAME,BMC_IP,ADMIN_IP\nTAG0001,node-1,10.6.0.11,10.5.0.11\n'],
  ['discovery report', 'BMC_IP,SERVICE_TAG,MODEL,STATUS,REASON\n10.6.0.11,TAG0001,R760,failed,no answer\n'],
  [
    'discovery report with the states of links, rows longer than its header',
    'SERVICE_TAG,BMC_MAC,BMC_IP,BMC_NIC_STATUS,ETHERNET_NIC_MAC,ETHERNET_NIC_LINK_STATUS,IB_NIC_NAME,IB_NIC_LINK_STATUS\n' +
      'TAG0001,02:00:00:00:02:01,10.6.0.11,UP,02:00:00:00:01:01,Up,InfiniBand.Slot.3-1,Unknown\n' +
      'TAG0002,02:00:00:00:02:02,10.6.0.12,UP,02:00:00:00:01:02,Up,,,\n',
  ],
  [
    'inventory of racks for a discovery',
    'SERVICE_TAG,GROUP_NAME,FUNCTIONAL_GROUP_NAME,ROW,RACK,USLOT,RANGE\nTAG01,SU1,slurm_node_x86_64,1,1,2,10.6.0.11-10.6.0.19\n',
  ],
  ['BMCs by group, below comments', '# BMCs\n#\nBMC_IP,GROUP_NAME,PARENT\n10.6.0.11,grp0,\n10.6.0.12,grp1,TAG0001\n'],
  ['Redfish paths of a discovery', 'vendor_profile,dell\nmanagers_collection_endpoint,/redfish/v1/Managers\n'],
  ['old table for adding nodes', 'bmc_ip,hostname,service_tag,role\n10.6.0.11,node-1,TAG0001,compute\n'],
];

for (const [what, text] of tables) {
  test(`${what}: recognised as what it is, once, and nothing of a mapping file is missed in it`, () => {
    for (const version of omniaVersions)
      assert.deepEqual(findingsOf(text, version), [['other-table', 'info']], version);
  });
}

const header = 'BMC_IP,ADMIN_IP,HOSTNAME,SERVICE_TAG';
const good = '10.6.0.11,10.5.0.11,node-1,TAG0001';

for (const [fault, row, code] of [
  ['an address that is none', '10.6.0.999,10.5.0.12,node-2,TAG0002', 'bad-ipv4'],
  ['an admin address that is none', '10.6.0.12,10.5.0.x,node-2,TAG0002', 'bad-ipv4'],
  ['a BMC_IP that stands twice', '10.6.0.11,10.5.0.12,node-2,TAG0002', 'dup-bmc-ip'],
  ['an ADMIN_IP that stands twice', '10.6.0.12,10.5.0.11,node-2,TAG0002', 'dup-admin-ip'],
] as const) {
  test(`a pxeboot inventory is checked as one: ${fault}`, () => {
    const codes = findingsOf([header, good, row, ''].join('\n')).map(([found]) => found);
    assert.ok(codes.includes(code), codes.join(' '));
    assert.ok(!findingsOf([header, good, ''].join('\n')).some(([found]) => found === code));
  });
}

test('a mapping file is no other table, in any order of its columns', () => {
  for (const columns of [canonicalHeader, canonicalHeader.toReversed()]) {
    assert.ok(!findingsOf(`${columns.join(',')}\n`).some(([code]) => code === 'other-table'));
  }
});
