import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ValidationContext } from '@omnia-buildstream/core/context/context';
import { parseNetworkSpec } from '@omnia-buildstream/core/context/parseNetworkSpec';
import { parseIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { omniaVersions, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { severityOf } from '@omnia-buildstream/core/validation/settings';
import { modelAt } from '../../support/modelAt.ts';

const header =
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP,IB_NIC_NAME,IB_IP';

function row(role: string, at: number, { hostname = `node-${String(at)}`, ip = `10.5.0.1${String(at)}` } = {}): string {
  const n = String(at);
  return `${role},grp${n},TAG000${n},,${hostname},04:3f:72:10:00:0${n},${ip},04:3f:72:20:00:0${n},10.6.0.1${n},,`;
}

/** Rules about whole clusters: each is a warning in its versions, none is an error. */
const codes = [
  'reserved-hostname',
  'no-kube-worker',
  'few-control-planes',
  'many-slurm-controllers',
  'no-login-node',
  'kube-architecture',
  'mixed-os-releases',
  'control-planes-apart',
  'kube-address-taken',
  'kube-address-unusable',
  'group-config-unknown',
  'cloud-init-unknown',
  'storage-group-unknown',
];

const plane = (release = 'rhel_10_0'): string => `service_kube_control_plane_${release}_x86_64`;
const worker = 'service_kube_node_rhel_10_0_x86_64';
const planes = [1, 2, 3].map((at) => row(plane(), at));
const slurm = [row('slurm_control_node_x86_64', 1), row('slurm_node_x86_64', 2)];
const login = row('login_node_x86_64', 3);

function found(rows: readonly string[], version: OmniaVersion, context: ValidationContext = {}): string[] {
  const { model } = modelAt([header, ...rows, ''].join('\n'), { version, context });
  const told = model.sortedFindings().filter(({ rule }) => codes.includes(rule.code));
  for (const finding of told) assert.equal(severityOf(finding, model.settings), 'warning', finding.rule.code);
  return told.map(({ rule }) => rule.code);
}

const later = omniaVersions.slice(2);
const earlier = omniaVersions.slice(0, 2);

const cases: readonly [
  title: string,
  rows: readonly string[],
  expected: readonly string[],
  versions?: readonly OmniaVersion[],
][] = [
  ['localhost', [row('login_node_x86_64', 1, { hostname: 'localhost' })], ['reserved-hostname']],
  ['gateway', [row('login_node_x86_64', 1, { hostname: 'gateway' })], ['reserved-hostname']],
  ['dns', [row('login_node_x86_64', 1, { hostname: 'dns' })], ['reserved-hostname']],
  ['names that only begin so', [row('login_node_x86_64', 1, { hostname: 'dns-1' })], []],
  ['three control planes alone', planes, ['no-kube-worker']],
  ['three control planes and a worker', [...planes, row(worker, 4)], []],
  ['four control planes and a worker', [...planes, row(plane(), 4), row(worker, 5)], []],
  ['one control plane and a worker', [row(plane(), 1), row(worker, 2)], ['few-control-planes']],
  ['two control planes and a worker', [...planes.slice(1), row(worker, 1)], ['few-control-planes']],
  ['a worker alone', [row(worker, 1)], []],
  ['Slurm without login node', slurm, ['no-login-node']],
  ['Slurm with a login node', [...slurm, login], []],
  ['Slurm with a login node that compiles', [...slurm, row('login_compiler_node_x86_64', 3)], []],
  ['two controllers', [...slurm, login, row('slurm_control_node_x86_64', 4)], ['many-slurm-controllers'], earlier],
  ['two controllers from 2.3', [...slurm, login, row('slurm_control_node_x86_64', 4)], [], later],
  ['a worker of aarch64', [...planes, row('service_kube_node_rhel_10_0_aarch64', 4)], ['kube-architecture'], later],
  ['Slurm of aarch64', [...slurm, row('slurm_node_aarch64', 3), row('login_node_aarch64', 4)], []],
  [
    'another minor in Kubernetes',
    [...planes, row('service_kube_node_rhel_10_1_x86_64', 4)],
    ['mixed-os-releases'],
    later,
  ],
  [
    'another minor in Slurm',
    [
      row('slurm_control_node_rhel_10_0_x86_64', 1),
      row('slurm_node_rhel_10_1_x86_64', 2),
      row('login_node_rhel_10_0_x86_64', 3),
    ],
    [],
    later,
  ],
  [
    'another major in Slurm',
    [
      row('slurm_control_node_rhel_10_0_x86_64', 1),
      row('slurm_node_rhel_9_6_x86_64', 2),
      row('login_node_rhel_10_0_x86_64', 3),
    ],
    ['mixed-os-releases'],
    later,
  ],
  [
    'one release here, none there',
    [row('slurm_control_node_rhel_10_0_x86_64', 1), row('slurm_node_x86_64', 2), login],
    [],
    later,
  ],
];

suite('what the documentation wants of a cluster', () => {
  for (const [title, rows, expected, versions = omniaVersions] of cases) {
    test(title, () => {
      for (const version of versions) assert.deepEqual(found(rows, version), expected, version);
    });
  }
});

const spec = [
  'Networks:',
  '- admin_network:',
  ...['subnet: 10.5.0.0', 'netmask_bits: 24', 'primary_oim_admin_ip: 10.5.0.4', 'primary_oim_bmc_ip: 10.5.0.5'].map(
    (line) => `    ${line}`,
  ),
  ...['router: 10.5.0.1', 'dynamic_range: 10.5.0.200-10.5.0.220'].map((line) => `    ${line}`),
  '    additional_subnets: [{subnet: 10.7.0.0, netmask_bits: 24, router: 10.7.0.1, dynamic_range: 10.7.0.200-10.7.0.220}]',
].join('\n');

function around(
  version: OmniaVersion,
  facts: { readonly vip?: string; readonly pods?: readonly [string, string] } = {},
): ValidationContext {
  const network = parseNetworkSpec(spec, version).value;
  const address = (text: string): number => parseIpv4(text) ?? assert.fail(text);
  return {
    ...(network !== undefined && { network }),
    ...(facts.vip !== undefined && { virtualIp: address(facts.vip) }),
    ...(facts.pods !== undefined && { podRange: { first: address(facts.pods[0]), last: address(facts.pods[1]) } }),
  };
}

suite('addresses of Kubernetes', () => {
  const rows = [...planes, row(worker, 4)];
  for (const [title, facts, expected] of [
    ['a free virtual address', { vip: '10.5.0.50' }, []],
    ['outside the subnet', { vip: '10.8.0.50' }, ['kube-address-unusable']],
    ['in another admin subnet', { vip: '10.7.0.50' }, ['kube-address-unusable']],
    ['the broadcast address', { vip: '10.5.0.255' }, ['kube-address-unusable']],
    ['of the management server', { vip: '10.5.0.4' }, ['kube-address-unusable']],
    ['of its BMC', { vip: '10.5.0.5' }, ['kube-address-unusable']],
    ['that DHCP hands out', { vip: '10.5.0.210' }, ['kube-address-unusable']],
    ['inside the pod range', { vip: '10.5.0.55', pods: ['10.5.0.50', '10.5.0.60'] }, ['kube-address-unusable']],
    ['of a node', { vip: '10.5.0.14' }, ['kube-address-taken']],
    ['of a BMC', { vip: '10.6.0.14' }, ['kube-address-unusable', 'kube-address-taken']],
    ['a free range', { pods: ['10.5.0.50', '10.5.0.60'] }, []],
    ['a range outside', { pods: ['10.5.0.250', '10.5.1.5'] }, ['kube-address-unusable']],
    ['a range with the management server', { pods: ['10.5.0.3', '10.5.0.4'] }, ['kube-address-unusable']],
    ['a range into that of DHCP', { pods: ['10.5.0.190', '10.5.0.201'] }, ['kube-address-unusable']],
    ['a range with a node', { pods: ['10.5.0.14', '10.5.0.20'] }, ['kube-address-taken']],
  ] as const) {
    test(title, () => {
      for (const version of omniaVersions.slice(1))
        assert.deepEqual(found(rows, version, around(version, facts)), expected, version);
    });
  }

  test('control planes in two admin subnets', () => {
    const apart = [...planes.slice(0, 2), row(plane(), 3, { ip: '10.7.0.13' }), row(worker, 4)];
    for (const version of omniaVersions.slice(1))
      assert.deepEqual(found(apart, version, around(version)), ['control-planes-apart'], version);
  });

  test('without Kubernetes nobody needs them', () => {
    for (const version of omniaVersions)
      assert.deepEqual(found([...slurm, login], version, around(version, { vip: '10.8.0.1' })), [], version);
  });
});

suite('names that other files have for the mapping file', () => {
  for (const [code, fact, known, since] of [
    ['group-config-unknown', 'groupConfig', 'login_node_x86_64', 2],
    ['cloud-init-unknown', 'cloudInitGroups', 'login_node_x86_64', 1],
    ['storage-group-unknown', 'storageGroups', 'grp3', 1],
  ] as const) {
    test(`${code}: each unknown name once, at the header`, () => {
      for (const [at, version] of omniaVersions.entries()) {
        const expected = at < since ? [] : [code, code];
        assert.deepEqual(found([login], version, { [fact]: [known, 'x_x86_64', 'y_x86_64'] }), expected, version);
        assert.deepEqual(found([login], version, { [fact]: [known] }), [], version);
      }
    });

    test(`${code}: follows the rows as they are edited`, () => {
      const { model } = modelAt([header, login, ''].join('\n'), { version: '2.3', context: { [fact]: [known] } });
      const told = (): boolean => model.findings().some(({ rule }) => rule.code === code);
      assert.equal(told(), false);
      model.edit({
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 22 } },
        newText: 'os_x86_64,grp4',
      });
      assert.equal(told(), true);
    });
  }
});
