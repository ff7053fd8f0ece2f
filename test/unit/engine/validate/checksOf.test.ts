import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { checksOf } from '@omnia-buildstream/engine/validate/checksOf';
import { sampleOf } from '@omnia-buildstream/engine/validate/sample';
import { defaultCheckSettings, defaultPorts, type CheckSettings } from '@omnia-buildstream/engine/validate/settings';
import { contactsOf } from '@omnia-buildstream/runner/contacts';
import { verification } from '@omnia-buildstream/runner/verify';
import { cluster, largeFile } from '../../../support/cluster.ts';

const targets = targetsOf(cluster, '2.2');

function idsOf(settings: Partial<CheckSettings>): string[] {
  return checksOf(targets, { ...defaultCheckSettings, ...settings }).map(({ id }) => id);
}

suite('checks of a mapping file', () => {
  test('every node is asked for what its role offers', () => {
    assert.deepEqual(idsOf({}), [
      ...['name/kcp1', 'ssh/kcp1', 'kube-api/kcp1', 'kubelet/kcp1'],
      ...['name/kn1', 'ssh/kn1', 'kubelet/kn1'],
      ...['name/slurm1', 'ssh/slurm1', 'slurmctld/slurm1'],
      ...['name/cn-001', 'ssh/cn-001', 'slurmd/cn-001'],
      ...['name/cn-002', 'ssh/cn-002', 'slurmd/cn-002'],
    ]);
  });

  test('clock and image are asked only where somebody can log in', () => {
    assert.deepEqual(idsOf({ kinds: ['clock', 'image'] }), []);
    assert.equal(idsOf({ kinds: ['clock', 'image'], canLogIn: true }).length, 10);
  });

  test('ports and NFS hosts are settings', () => {
    const ports = { ...defaultPorts, nfs: 12049, slurmctld: 16817 };
    const checks = checksOf(targets, {
      ...defaultCheckSettings,
      ports,
      nfsHosts: ['nas1'],
      kinds: ['nfs', 'slurmctld'],
    });
    assert.deepEqual(
      checks.map(({ id, address, ...check }) => [id, address, 'port' in check ? check.port : 0]),
      [
        ['slurmctld/slurm1', '10.5.0.13', 16817],
        ['nfs/nas1', 'nas1', 12049],
      ],
    );
  });

  test('a role of 2.3 with an OS release counts as its role', () => {
    const later = targets.map((target) => ({ ...target, functionalGroup: 'slurm_node_rhel_10_0_x86_64' }));
    const kinds = checksOf(later.slice(0, 1), defaultCheckSettings).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['name', 'ssh', 'slurmd']);
  });

  test('the expected image is that of the role, else what a build makes for the group', () => {
    const images = [{ role: 'slurm_node_rhel_10_0_x86_64', name: 'slurm-image', boot: undefined }];
    const settings = { ...defaultCheckSettings, canLogIn: true, expected: { imageGroup: 'G', images } };
    const expected = checksOf(targets, settings).flatMap((check) => (check.kind === 'image' ? [check.expected] : []));
    assert.deepEqual(
      expected.map((one) => (one.kind === 'named' ? one.names : [])),
      [[], [], [], ['slurm-image'], ['slurm-image']],
    );
    const unlisted = { ...settings, expected: { imageGroup: 'G', images: [] } };
    const [first] = checksOf(targets, unlisted).flatMap((check) => (check.kind === 'image' ? [check.expected] : []));
    assert.deepEqual(first, { kind: 'named', names: [`rhel-${targets[0]?.functionalGroup ?? ''}_G`, 'G'] });
  });

  for (const [what, name, rootfs, expected] of [
    [
      'its folder in S3',
      's3://boot-images/slurm_node_x86_64/rhel-slurm_node_x86_64_G/',
      undefined,
      ['rhel-slurm_node_x86_64_G'],
    ],
    ['that of this group, of several', 's3://b/r/rhel-r_old/;s3://b/r/rhel-r_G/', undefined, ['rhel-r_G']],
    [
      'that of this group, not of one that ends like it',
      's3://b/r/rhel-r_a_G/;s3://b/r/rhel-r_G/',
      undefined,
      ['rhel-r_G'],
    ],
    [
      'its root file system, where nothing else says which',
      's3://b/r/one/;s3://b/r/two/',
      'http://s3/x',
      ['http://s3/x'],
    ],
    ['its root file system as well', 's3://b/r/rhel-r_G/', 'http://s3/x', ['rhel-r_G', 'http://s3/x']],
    ['nothing, of an empty name', '', undefined, undefined],
  ] as const) {
    test(`on the command line of the kernel stands ${what}`, () => {
      const boot = rootfs === undefined ? undefined : { kernel: 'k', initrd: 'i', rootfs, params: '' };
      const images = [{ role: 'slurm_node_x86_64', name, boot }];
      const settings = { ...defaultCheckSettings, canLogIn: true, expected: { imageGroup: 'G', images } };
      const image = checksOf(targets, settings).findLast((check) => check.kind === 'image')?.expected;
      assert.deepEqual(image?.kind === 'named' ? image.names : undefined, expected);
      if (expected === undefined) assert.deepEqual(image, { kind: 'no-image', role: 'slurm_node_x86_64' });
    });
  }

  test('after a run: is every node up, and the image of a sample', () => {
    const settings = verification({ ...defaultCheckSettings, canLogIn: true }, { size: 2, seed: 's' });
    const checks = checksOf(targets, settings);
    assert.equal(checks.filter(({ kind }) => kind === 'ssh').length, 5);
    assert.equal(checks.filter(({ kind }) => kind === 'image').length, 2);
    assert.equal(checks.length, 7);
  });

  test('what is contacted is told by kind and port', () => {
    const contacts = contactsOf(checksOf(targets, { ...defaultCheckSettings, kinds: ['name', 'slurmd'] }));
    assert.deepEqual(
      contacts.map(({ kind, port, addresses }) => [kind, port, addresses.length]),
      [
        ['name', undefined, 5],
        ['slurmd', 6818, 2],
      ],
    );
  });
});

suite('a sample of the nodes', () => {
  const many = targetsOf(largeFile(200), '2.2');

  test('is the same for the same seed, another for another, and never larger than asked', () => {
    const names = (seed: string): string[] => sampleOf(many, { size: 10, seed }).map(({ hostname }) => hostname);
    assert.deepEqual(names('a'), names('a'));
    assert.notDeepEqual(names('a'), names('b'));
    assert.equal(new Set(names('a')).size, 10);
    assert.equal(sampleOf(many.slice(0, 3), { size: 10, seed: 'a' }).length, 3);
  });

  test('hardly changes when a node is added', () => {
    const before = new Set(sampleOf(many.slice(1), { size: 10, seed: 'a' }));
    const kept = sampleOf(many, { size: 10, seed: 'a' }).filter((target) => before.has(target));
    assert.ok(kept.length >= 9);
  });
});
