/** States of image groups as printed by the cleanup pipelines of 2.2 and 2.3 (omnia.md section 8), without guesses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statesIn } from '@omnia-buildstream/gitlab/omnia/imageStates';
import { isSameGroup } from '@omnia-buildstream/gitlab/omnia/sameGroup';
import { imageGroupOf } from '@omnia-buildstream/gitlab/tree/deployRun';

const job = 'd9ab6f5e-8d41-4c8a-a4a5-2f6f1a1f0f11';
const groups = ['rhel10-slurm-v1.0', 'rhel10_slurm_v1.0', 'rhel10/k8s v2', 'rhel10_k8s_v2', 'a-v1', 'a_v1'];
const found = (text: string) => {
  const stateOf = statesIn(text.split('\n'));
  return Object.fromEntries(groups.flatMap((group) => (stateOf(group) === undefined ? [] : [[group, stateOf(group)]])));
};

const entries = (one: string, other: string) => `
  Found 2 cleanable image group(s)

  Cleanable Image Groups:
  ------------------------------------------------------------
  - Image Group: rhel10-slurm-v1.0
    Job ID: ${job}
    Status: ${one}
    Created: 2026-09-01T10:00:00Z
    Roles: slurm_node_x86_64, login_node_x86_64

  - Image Group: rhel10/k8s v2
    Job ID: ${job}
    Status: ${other}
    Created: 2026-09-01T10:00:00Z
    Roles: `;

test('the states of a list and of its buttons are read, in whatever version and whatever state it is', () => {
  const [slurm, kube] = [{ 'rhel10-slurm-v1.0': 'BUILT', 'rhel10_slurm_v1.0': 'BUILT' }, 'CLEANUP_PENDING'];
  const wanted = { ...slurm, 'rhel10/k8s v2': kube, rhel10_k8s_v2: kube };
  const list = entries('BUILT', 'CLEANUP_PENDING');
  const of22 = `    - select_rhel10_slurm_v1.0 (Job: ${job}, Status: BUILT)\n    - select_rhel10_k8s_v2 (Job: ${job}, Status: CLEANUP_PENDING)`;
  const of23 = of22.replaceAll('select_rhel10_slurm_', 'rhel10-slurm-').replace('select_rhel10_k8s_', 'rhel10/k8s ');
  for (const text of [list, of22, of23, list + of22, list + of23]) assert.deepEqual(found(text), wanted);
});

test('nothing else is taken for a state', () => {
  for (const text of [
    '| rhel10-slurm-v1.0 | job-1 | BUILT |',
    'rhel10-slurm-v1.0 (BUILT)',
    '{"image_group_id": "a-v1", "status": "BUILT"}',
    '  - Image Group: a-v1\n\n    Status: BUILT',
    '    Status: BUILT',
    '  - Image Group: a-v1\n    Status: unknown',
    '  - Image Group: a-v1\n    Status: BUILT or PASSED',
    `    - a-v1 (Job: ${job}, Roles: slurm_node_x86_64)`,
    `    - a-v1 (Job: ${job}, Status: unknown)`,
    `  echo "  - Image Group: a-v1"`,
  ]) {
    assert.deepEqual(found(text), {}, text);
  }
  assert.deepEqual(found(entries('BUILT', 'PASSED') + `\n    - rhel10-slurm-v1.0 (Job: ${job}, Status: FAILED)`), {
    'rhel10/k8s v2': 'PASSED',
    rhel10_k8s_v2: 'PASSED',
  });
});

test('groups of 2.3 that differ in a sign or in capitals only are different groups', () => {
  const log = ['a-b-v1', 'a_b-v1', 'A-b-v1'].map(
    (id, at) => `  - Image Group: ${id}\n    Status: STATE_${'ABC'[at] ?? ''}`,
  );
  const stateOf = statesIn(log.join('\n').split('\n'));
  assert.deepEqual(['a-b-v1', 'a_b-v1', 'A-b-v1', 'a b-v1'].map(stateOf), ['STATE_A', 'STATE_B', 'STATE_C', undefined]);
  assert.equal(stateOf('a_b_v1'), undefined, 'the job of 2.2 may stand for either, and their states differ');
});

test('a select job stands for the group that its version names, and for no other', () => {
  const nameIn22 = (id: string) => imageGroupOf({ name: `select_${id.replaceAll(/[-/ ]/g, '_')}` });
  const ids = ['a-b-v1', 'a_b-v1', 'a b-v1', 'a/b-v1', 'A-b-v1', 'select_a-v1', 'a-b-v1.0'];
  for (const id of ids) {
    assert.equal(imageGroupOf({ name: id }), id, '2.3');
    assert.ok(isSameGroup(nameIn22(id), id), id);
    for (const other of ids) assert.equal(isSameGroup(id, other), id === other, `${id} ${other}`);
  }
  assert.ok(!isSameGroup(nameIn22('A-b-v1'), 'a-b-v1'));
});
