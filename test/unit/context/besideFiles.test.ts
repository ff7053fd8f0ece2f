import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { readBeside } from '@omnia-buildstream/core/context/besideFiles';
import { besideKinds, type BesideKind } from '@omnia-buildstream/core/context/besideNames';
import { formatIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';

/** What Omnia's validators reject in the files next to the mapping file (omnia.md section 2). */

const told = (kind: BesideKind, text: string, name = ''): string[] =>
  readBeside(kind, text, '2.3', name).problems.map(({ params, message }) =>
    String(params['key'] ?? params['value'] ?? params['group'] ?? message),
  );

const group = 'slurm_node_rhel_10_0_x86_64';
const groups = (...lines: string[]): string =>
  ['groups:', `  ${group}:`, ...lines.map((line) => `    ${line}`)].join('\n');

const cases: [kind: BesideKind, title: string, text: string, expected: string[]][] = [
  [
    'groupConfig',
    'the template as it comes',
    'common:\n  boot_kernel_params: ""\n  cloud_init:\n    config_file: ""\n  post_config: []\ngroups: {}',
    [],
  ],
  ['groupConfig', 'empty', '', []],
  [
    'groupConfig',
    'everything',
    groups(
      'boot_kernel_params: "crashkernel=auto audit=1 numa=off"',
      'cloud_init: {config_file: /in/own-x86_64.yml}',
      'post_config: [{runcmd: [a]}]',
      'image_override: {kernel: a/vmlinuz-x86_64, initrd: a/initrd, rootfs: a/root}',
    ),
    [],
  ],
  ['groupConfig', 'unknown keys', 'commons: {}\ncommon: {image_override: {}}', ['commons', 'image_override']],
  ['groupConfig', 'a group without architecture', 'groups: {slurm_node: {}}', ['slurm_node']],
  [
    'groupConfig',
    'what the platform sets',
    'common: {boot_kernel_params: "audit=1 console=ttyS0 ip=dhcp"}',
    ['console', 'ip'],
  ],
  ['groupConfig', 'a quote in a parameter', 'common: {boot_kernel_params: \'a="b"\'}', ['a="b"']],
  ['groupConfig', 'a relative path', 'common: {cloud_init: {config_file: own.yml}}', ['own.yml']],
  ['groupConfig', 'another architecture', groups('cloud_init: {config_file: /in/aarch64.yml}'), ['/in/aarch64.yml']],
  [
    'groupConfig',
    'half an image',
    groups('image_override: {kernel: a}'),
    ['image_override needs kernel, initrd and rootfs together, or nothing. Omnia refuses the file.'],
  ],
  [
    'groupConfig',
    'keys of objects',
    groups('image_override: {kernel: /a, initrd: ../b, rootfs: s3://c}'),
    ['kernel', 'initrd', 'rootfs'],
  ],
  ['cloudInit', 'write_files and runcmd', 'common: {runcmd: [a]}\ngroups: {slurm_node_x86_64: {write_files: []}}', []],
  [
    'cloudInit',
    'what is not allowed',
    'common: {bootcmd: [], packages: []}\ngroups: {a_x86_64: {network: {}}}',
    ['bootcmd', 'packages', 'network'],
  ],
  ['storage', 'groups of mounts', 'mounts: [{groups: [grp1, grp2]}, {functional_group_prefix: [slurm]}]', []],
  ['storage', 'no list', 'mounts: {}', ['mounts']],
  [
    'clusters',
    'one deployed',
    'service_k8s_cluster: [{deployment: true, pod_external_ip_range: "10.5.0.10-10.5.0.20"}, {deployment: false}]',
    [],
  ],
  [
    'clusters',
    'none deployed',
    'service_k8s_cluster: [{deployment: false}]',
    [
      '{count} Kubernetes clusters have deployment: true. Omnia requires exactly one, and refuses the file if the mapping file has Kubernetes nodes.',
    ],
  ],
  [
    'clusters',
    'two deployed',
    'service_k8s_cluster: [{deployment: true}, {deployment: true}]',
    [
      '{count} Kubernetes clusters have deployment: true. Omnia requires exactly one, and refuses the file if the mapping file has Kubernetes nodes.',
    ],
  ],
  [
    'clusters',
    'a range that is none',
    'service_k8s_cluster: [{deployment: true, pod_external_ip_range: 10.5.0.20-10.5.0.10}]',
    ['10.5.0.20-10.5.0.10'],
  ],
  ['highAvailability', 'an address', 'service_k8s_cluster_ha: [{virtual_ip_address: 10.5.0.9}]', []],
  ['highAvailability', 'a name', 'service_k8s_cluster_ha: [{virtual_ip_address: vip}]', ['vip']],
  [
    'config',
    'values that Omnia refuses',
    'language: de_DE\ndefault_lease_time: 0\nkernel_version_override: newest\nenable_pxe_boot: maybe',
    ['de_DE', '0', 'newest', 'maybe'],
  ],
  [
    'config',
    'values that it takes',
    'language: en_US.UTF-8\ndefault_lease_time: "86400"\nkernel_version_override: 6.12.0-55.76.1.el10_0',
    [],
  ],
];

suite('files beside the mapping file', () => {
  for (const [kind, title, text, expected] of cases) {
    test(`${kind}: ${title}`, () => {
      assert.deepEqual(told(kind, text), expected);
    });
  }

  test('orchestrator_config.yml lacks what Omnia demands, provision_config.yml nothing', () => {
    const demanded = ['pxe_mapping_file_path', 'language', 'default_lease_time'];
    assert.deepEqual(told('config', 'dns_enabled: true', 'orchestrator_config.yml'), demanded);
    assert.deepEqual(told('config', 'dns_enabled: true', 'provision_config.yml'), []);
  });

  test('the facts that rules go by', () => {
    const facts = (kind: BesideKind, text: string) => readBeside(kind, text, '2.3', '').facts;
    assert.deepEqual(facts('groupConfig', groups('post_config: []')), { groupConfig: [group] });
    assert.deepEqual(facts('storage', 'mounts: [{groups: [grp2, grp1]}, {groups: [grp1]}]'), {
      storageGroups: ['grp2', 'grp1'],
    });
    assert.deepEqual(facts('cloudInit', 'groups: {a_x86_64: {}}'), { cloudInitGroups: ['a_x86_64'] });
    const { podRange } =
      facts('clusters', 'service_k8s_cluster: [{deployment: true, pod_external_ip_range: 10.11.0.0/24}]') ?? {};
    assert.deepEqual(podRange && [podRange.first, podRange.last].map(formatIpv4), ['10.11.0.0', '10.11.0.255']);
  });

  test('a broken file leaves the mapping file to be judged without it, unless its checks need it', () => {
    const needed = ['network', 'software', 'config'];
    for (const kind of besideKinds) {
      const [problem] = readBeside(kind, '[', '2.3', '').problems;
      assert.equal(problem?.severity, needed.includes(kind) ? 'error' : 'warning', kind);
    }
  });

  test('no text makes a reader throw, in any version', () => {
    const piece = fc.constantFrom(
      'groups:',
      'common:',
      'mounts:',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      'a_x86_64',
      ': ',
      ',',
      '"',
      '&a',
      '*a',
      '~',
      '1',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...besideKinds),
        fc.constantFrom(...omniaVersions),
        fc.array(piece),
        (kind, version, pieces) => {
          readBeside(kind, pieces.join(''), version, 'orchestrator_config.yml');
        },
      ),
      { numRuns: 300 },
    );
  });
});
