import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseNetworkSpec } from '@omnia-buildstream/core/context/parseNetworkSpec';
import { canonicalHeader, dualStackHeader } from '@omnia-buildstream/core/mapping/columns';
import { detectVersion } from '@omnia-buildstream/core/mapping/detectVersion';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { severityOf } from '@omnia-buildstream/core/validation/settings';
import { modelAt } from '../../support/modelAt.ts';

/** Files with the shapes shown in Omnia's documentation and our own values. The verdict is that of the validators. */

const row = (
  role: string,
  at: number,
  { group = `grp${String(at)}`, parent = '', mac = '', tail = '' } = {},
): string => {
  const n = String(at);
  const admin = mac === '' ? `02:00:00:00:01:0${n}` : mac.trim();
  return `${role},${group},TAG000${n},${parent},nid00${n},${admin},10.5.0.1${n},02:00:00:00:02:0${n},10.6.0.1${n}${tail}`;
};
const base = canonicalHeader.slice(0, 9).join(',');
const ib = ',InfiniBand.Slot.7-1,10.9.0.1';
const [older, newer] = ['/p/input/pxe_mapping_file.csv', '/p/input/orchestrator/pxe_mapping_file.csv'];

const mappings: readonly [
  title: string,
  path: string,
  lines: readonly string[],
  version: OmniaVersion,
  errors: readonly string[],
][] = [
  [
    '2.2, nine columns',
    older,
    [base, row('slurm_control_node_x86_64', 1), row('slurm_node_x86_64', 2), row('login_node_x86_64', 3)],
    '2.2',
    [],
  ],
  [
    '2.2 with Kubernetes and parents',
    older,
    [
      base,
      row('service_kube_control_plane_x86_64', 1),
      row('service_kube_node_x86_64', 2),
      row('slurm_node_x86_64', 3, { parent: 'TAG0002' }),
    ],
    '2.2',
    [],
  ],
  [
    '2.2 with InfiniBand',
    older,
    [canonicalHeader.join(','), row('slurm_node_x86_64', 1, { tail: ib }), row('os_x86_64', 2, { tail: ',,' })],
    '2.2',
    [],
  ],
  [
    '2.2, scalable units',
    older,
    [base, row('slurm_node_aarch64', 1, { group: 'SU1' }), row('login_node_aarch64', 2, { group: 'SUA2' })],
    '2.2',
    [],
  ],
  ['2.3 without releases', newer, [canonicalHeader.join(','), row('slurm_node_x86_64', 1, { tail: ',,' })], '2.3', []],
  [
    '2.3 with a release in each role',
    newer,
    [canonicalHeader.join(','), row('slurm_node_rhel_10_0_x86_64', 1, { tail: ',,' })],
    '2.3os',
    [],
  ],
  [
    '2.3, both forms, a worker in the group that it serves',
    newer,
    [
      canonicalHeader.join(','),
      row('service_kube_node_rhel_10_0_x86_64', 1, { group: 'grp0', tail: ',,' }),
      row('slurm_node_x86_64', 2, { group: 'grp0', parent: 'TAG0001', tail: ',,' }),
    ],
    '2.3',
    [],
  ],
  [
    '2.3 with comments between rows',
    newer,
    [canonicalHeader.join(','), '# rack 2', row('os_x86_64', 1, { tail: ',,' })],
    '2.3',
    [],
  ],
  [
    'after 2.3, both families',
    newer,
    [dualStackHeader.join(','), row('slurm_node_x86_64', 1, { tail: `${ib},fd00::1` })],
    'next',
    [],
  ],
  [
    'what a discovery writes: ADMIN_MAC not known yet',
    newer,
    [canonicalHeader.join(','), row('slurm_node_aarch64', 1, { mac: ' ', group: 'grp0', tail: ',,' })],
    '2.3',
    ['empty-cell'],
  ],
  [
    'what a discovery of 2.3 writes, where it writes it: one group, no release, ADMIN_IP equal to BMC_IP',
    '/srv/omnia/discovery/output/project_default/bmc_pxe_mapping_file_20260601T120000.csv',
    [
      canonicalHeader.join(','),
      row('slurm_node_aarch64', 1, { group: 'grp0', tail: ',,' }).replace('10.6.0.11', '10.5.0.11'),
      row('slurm_node_aarch64', 2, { group: 'grp0', tail: ',,' }).replace('10.6.0.12', '10.5.0.12'),
    ],
    '2.3',
    [],
  ],
  [
    'the same of 2.2, beside the other input files',
    '/opt/omnia/input/project_default/bmc_pxe_mapping_file_20260601T120000.csv',
    [canonicalHeader.join(','), row('slurm_node_aarch64', 1, { group: 'grp0', tail: ',,' })],
    '2.2',
    [],
  ],
  [
    'the report of a discovery',
    '/opt/omnia/discovery/bmc_discovery_report_20260601T120000.csv',
    [
      'SERVICE_TAG,BMC_MAC,BMC_IP,BMC_NIC_STATUS,ETHERNET_NIC_MAC,ETHERNET_NIC_LINK_STATUS,IB_NIC_NAME,IB_NIC_LINK_STATUS',
      'TAG0001,02:00:00:00:02:01,10.6.0.11,UP,02:00:00:00:01:01,Up,,,',
    ],
    '2.2',
    [],
  ],
  [
    'a retry inventory of 2.3 with all columns',
    newer.replace('pxe_mapping_file', 'pxe_boot_inventory'),
    [
      canonicalHeader.join(','),
      row('slurm_node_rhel_10_0_x86_64', 1, { tail: ',,' }),
      row('service_kube_node_rhel_10_0_x86_64', 2, { tail: ',,' }),
    ],
    '2.3os',
    [],
  ],
  [
    'the quick starts that err: roles without architecture, groups with names, no BMC_MAC',
    '/opt/omnia/input/project_default/mapping.csv',
    [base, row('slurm_control_node', 1, { group: 'slurm' }).replace('02:00:00:00:02:01', '')],
    '2.2',
    ['unknown-functional-group', 'bad-group-name', 'empty-cell'],
  ],
  [
    'os_aarch_64, of a page that errs',
    older,
    [canonicalHeader.join(','), row('os_aarch_64', 1, { tail: ib })],
    '2.2',
    ['unknown-functional-group'],
  ],
  [
    'two parents in one group, of a page that errs',
    older,
    [
      base,
      row('slurm_node_x86_64', 1, { group: 'grp1', parent: 'TAG0003' }),
      row('slurm_node_x86_64', 2, { group: 'grp1', parent: 'TAG0004' }),
      row('service_kube_node_x86_64', 3, { group: 'grp5' }),
      row('service_kube_node_x86_64', 4, { group: 'grp5' }),
    ],
    '2.2',
    ['group-parent-mismatch'],
  ],
  [
    'the file of 1.x, which had neither roles nor parents',
    older,
    [
      'GROUP_NAME,SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_IP',
      'grp0,TAG0001,n1,02:00:00:00:01:01,10.5.0.11,10.6.0.11',
    ],
    '2.2',
    ['missing-column'],
  ],
  [
    'groups controller and compute, of two pages that err',
    newer,
    [canonicalHeader.join(','), row('slurm_node_x86_64', 1, { group: 'compute', tail: ',,' })],
    '2.3',
    ['bad-group-name'],
  ],
  [
    'a pxeboot inventory',
    newer,
    ['BMC_IP,ADMIN_IP,HOSTNAME,SERVICE_TAG', '10.6.0.1,10.5.0.1,nid001,TAG0001'],
    '2.3',
    [],
  ],
  [
    'the table of older guides for adding nodes',
    older,
    ['bmc_ip,hostname,service_tag,role', '10.6.0.1,cn1,TAG0001,compute'],
    '2.2',
    [],
  ],
];

suite('mapping files as the documentation shows them, with detection alone', () => {
  for (const [title, path, lines, version, errors] of mappings) {
    test(title, () => {
      const text = [...lines, ''].join('\n');
      const { model: seen } = modelAt(text);
      const values = (column: 'FUNCTIONAL_GROUP_NAME' | 'GROUP_NAME') =>
        Array.from(seen.rows, (one) => one.text[column]);
      const found = detectVersion({
        path,
        layout: seen.layout,
        roles: values('FUNCTIONAL_GROUP_NAME'),
        groups: values('GROUP_NAME'),
      });
      assert.equal(found.version, version);
      const { model } = modelAt(text, { version });
      const refused = model.sortedFindings().filter((finding) => severityOf(finding, model.settings) === 'error');
      assert.deepEqual(
        refused.map(({ rule }) => rule.code),
        errors,
      );
    });
  }
});

const admin = (more: readonly string[]): string =>
  [
    'Networks:',
    '- admin_network:',
    '    oim_nic_name: "eno1"',
    ...more.map((line) => `    ${line}`),
    '    dns: []',
    '    ntp_servers: []',
    '',
  ].join('\n');
const specs: readonly [title: string, text: string, versions: readonly OmniaVersion[], codes: readonly string[]][] = [
  [
    '2.2, one subnet with router',
    admin([
      'netmask_bits: "24"',
      'primary_oim_admin_ip: "10.40.1.111"',
      'primary_oim_bmc_ip: ""',
      'router: "10.40.1.1"',
      'dynamic_range: "10.40.1.201-10.40.1.250"',
    ]),
    ['2.1', '2.2'],
    [],
  ],
  [
    'a page of 2.1, without router',
    admin([
      'netmask_bits: "24"',
      'primary_oim_admin_ip: "10.40.1.111"',
      'primary_oim_bmc_ip: ""',
      'dynamic_range: "10.40.1.201-10.40.1.250"',
    ]),
    ['2.1'],
    [],
  ],
  [
    'the same in 2.2, which demands it',
    admin([
      'netmask_bits: "24"',
      'primary_oim_admin_ip: "10.40.1.111"',
      'primary_oim_bmc_ip: ""',
      'dynamic_range: "10.40.1.201-10.40.1.250"',
    ]),
    ['2.2'],
    ['network-spec-incomplete'],
  ],
  [
    'the file that 2.3 ships: management server, router and range outside of its subnet',
    admin([
      'subnet: "10.40.0.0"',
      'netmask_bits: "24"',
      'primary_oim_admin_ip: "10.40.7.254"',
      'primary_oim_bmc_ip: ""',
      'router: "10.40.7.254"',
      'dynamic_range: "10.40.7.201-10.40.7.250"',
      'additional_subnets: []',
    ]),
    ['2.3', '2.3os', 'next'],
    ['network-spec-range-outside', 'network-spec-router-outside', 'network-spec-oim-outside'],
  ],
  [
    '2.3, subnets behind a relay, and no ib_network',
    admin([
      'primary_oim_admin_ip: "10.40.1.111"',
      'primary_oim_bmc_ip: ""',
      'subnet: "10.40.1.0"',
      'netmask_bits: "24"',
      'dynamic_range: "10.40.1.201-10.40.1.250"',
      'router: "10.40.1.1"',
      'additional_subnets:',
      '  - subnet: "10.40.2.0"',
      '    netmask_bits: "24"',
      '    router: "10.40.2.1"',
      '    dynamic_range: "10.40.2.190-10.40.2.200"',
    ]),
    ['2.3', '2.3os', 'next'],
    [],
  ],
  [
    '2.2, InfiniBand, and a subnet that is not read there',
    `${admin([
      'subnet: "10.40.0.0"',
      'netmask_bits: "24"',
      'primary_oim_admin_ip: "10.40.7.254"',
      'primary_oim_bmc_ip: ""',
      'router: "10.40.7.1"',
      'dynamic_range: "10.40.7.201-10.40.7.250"',
      'additional_subnets: []',
    ])}- ib_network:\n    subnet: "192.168.0.0"\n    netmask_bits: "24"\n    dns: []\n`,
    ['2.2'],
    [],
  ],
  [
    'a page on several subnets, which has additional_subnets beside admin_network and no router',
    `${admin([
      'netmask_bits: "24"',
      'primary_oim_admin_ip: "10.40.1.111"',
      'primary_oim_bmc_ip: ""',
      'dynamic_range: "10.40.1.201-10.40.1.250"',
    ])}  additional_subnets:
    - subnet: "10.40.2.0"
      netmask_bits: "24"
      router: "10.40.2.1"
      dynamic_range: "10.40.2.190-10.40.2.200"
`,
    ['2.2'],
    ['network-spec-invalid', 'network-spec-incomplete'],
  ],
  [
    'the guide to IPv6, which has a mapping in place of the list',
    admin(['netmask_bits: "24"']).replace('- admin_network', '  admin_network'),
    ['2.3', 'next'],
    ['network-spec-invalid'],
  ],
  [
    '2.3, the address of the management server as router',
    admin([
      'subnet: "10.40.7.0"',
      'netmask_bits: "24"',
      'primary_oim_admin_ip: "10.40.7.254"',
      'primary_oim_bmc_ip: ""',
      'router: "10.40.7.254"',
      'dynamic_range: "10.40.7.201-10.40.7.250"',
    ]),
    ['2.3', '2.3os', 'next'],
    [],
  ],
];

suite('network_spec.yml as the documentation shows it', () => {
  for (const [title, text, versions, codes] of specs) {
    test(title, () => {
      for (const version of versions) {
        const found = parseNetworkSpec(text, version).problems.map(({ code }) => code);
        assert.deepEqual(found, codes, version);
      }
    });
  }
});
