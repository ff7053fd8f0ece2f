import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { matchImage } from '@omnia-buildstream/core/plan/matchImage';
import { planDeploy } from '@omnia-buildstream/core/plan/planDeploy';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { cluster, fileOf, header, node1, node2 } from '../../support/cluster.ts';

const named = (...roles: readonly string[]) => roles.map((role) => ({ role, name: `image of ${role}` }));
const plan = (mapping: string, ...roles: readonly string[]) =>
  planDeploy({ rows: targetsOf(mapping, '2.2'), imageGroup: 'G', images: named(...roles) });

suite('the image of a functional group', () => {
  const match = (group: string, ...roles: readonly string[]): string => {
    const found = matchImage(group, named(...roles));
    return found.kind === 'found' ? found.image.role : found.kind;
  };

  for (const [what, group, roles, expected] of [
    ['is that of the same name', 'slurm_node_x86_64', ['login_node_x86_64', 'slurm_node_x86_64'], 'slurm_node_x86_64'],
    ['is never that of another architecture', 'slurm_node_x86_64', ['slurm_node_aarch64'], 'other-images'],
    ['is never that of another role', 'slurm_node_x86_64', ['slurm_control_node_x86_64'], 'no-image'],
    [
      'may name a release that the row does not',
      'slurm_node_x86_64',
      ['slurm_node_rhel_10_0_x86_64'],
      'slurm_node_rhel_10_0_x86_64',
    ],
    [
      'may lack the release that the row names',
      'slurm_node_rhel_10_0_x86_64',
      ['slurm_node_x86_64'],
      'slurm_node_x86_64',
    ],
    ['never has another release', 'slurm_node_rhel_10_0_x86_64', ['slurm_node_rhel_9_6_x86_64'], 'other-images'],
    [
      'has the same release rather than none',
      'os_rhel_10_0_x86_64',
      ['os_x86_64', 'os_rhel_10_0_x86_64'],
      'os_rhel_10_0_x86_64',
    ],
    ['has no release rather than any', 'os_x86_64', ['os_rhel_10_0_x86_64', 'os_x86_64'], 'os_x86_64'],
    ['is not guessed between releases', 'os_x86_64', ['os_rhel_10_0_x86_64', 'os_rhel_9_6_x86_64'], 'ambiguous'],
    ['is not guessed between two of the same name', 'os_x86_64', ['os_x86_64', 'os_x86_64'], 'ambiguous'],
    ['needs an architecture', 'slurm_node', ['slurm_node_x86_64'], 'no-architecture'],
  ] as const) {
    test(what, () => {
      assert.equal(match(group, ...roles), expected);
    });
  }
});

suite('the deploy plan', () => {
  test('gives every row the image of its role, in the order of the file', () => {
    const roles = ['slurm_node_x86_64', 'slurm_control_node_x86_64', 'service_kube_node_x86_64'];
    const { nodes, lacking } = plan(cluster, ...roles, 'service_kube_control_plane_x86_64');
    assert.deepEqual(
      nodes.map(({ target, image }) => `${target.hostname}: ${image.name}`),
      [
        'kcp1: image of service_kube_control_plane_x86_64',
        'kn1: image of service_kube_node_x86_64',
        'slurm1: image of slurm_control_node_x86_64',
        'cn-001: image of slurm_node_x86_64',
        'cn-002: image of slurm_node_x86_64',
      ],
    );
    assert.deepEqual(lacking, []);
  });

  test('gives the first control plane the image that is only for it, where there is one', () => {
    const row = (n: number): string =>
      `service_kube_control_plane_x86_64,grp0,CP${String(n)},,kcp${String(n)},04:00:00:00:01:1${String(n)},10.5.0.2${String(n)},04:00:00:00:02:1${String(n)},10.6.0.2${String(n)}`;
    const own = 'service_kube_control_plane_first_x86_64';
    const { nodes } = plan(fileOf(header, row(1), row(2)), 'service_kube_control_plane_x86_64', own);
    assert.deepEqual(
      nodes.map(({ image }) => image.role),
      [own, 'service_kube_control_plane_x86_64'],
    );
  });

  test('names the rows without an image, and what there is instead', () => {
    const { nodes, lacking } = plan(fileOf(header, node1), 'slurm_node_aarch64');
    assert.deepEqual(nodes, []);
    assert.deepEqual(
      lacking.map(({ target, lacks }) => [target.hostname, target.line, lacks]),
      [['cn-001', 1, [{ kind: 'other-images', roles: ['slurm_node_aarch64'] }]]],
    );
  });

  test('names everything that a row lacks', () => {
    const bare = 'slurm_node_x86_64,grp3,COMP001,KNODE01,,,,04:00:00:00:02:04,10.6.0.14';
    const kinds = plan(fileOf(header, bare)).lacking.flatMap(({ lacks }) => lacks.map(({ kind }) => kind));
    assert.deepEqual(kinds, ['no-image', 'no-hostname', 'no-admin-mac', 'no-admin-ip']);
  });

  test('refuses both rows that share a MAC however it is spelt, or an address', () => {
    const twin = node2.replace('04:00:00:00:01:05', '04-00-00-00-01-04').replace('10.5.0.15', '10.5.0.14');
    const { nodes, lacking } = plan(fileOf(header, node1, twin), 'slurm_node_x86_64');
    assert.deepEqual(nodes, []);
    assert.deepEqual(lacking[0]?.lacks, [
      { kind: 'shared-admin-mac', with: ['cn-002'] },
      { kind: 'shared-admin-ip', with: ['cn-002'] },
    ]);
  });

  test('writes MACs in one way', () => {
    const { nodes } = plan(
      fileOf(header, node1.replace('04:00:00:00:01:04', 'AA-BB-CC-DD-EE-0F')),
      'slurm_node_x86_64',
    );
    assert.equal(nodes[0]?.mac, 'aa:bb:cc:dd:ee:0f');
  });
});
