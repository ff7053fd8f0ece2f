import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { labPassword } from '../../support/lab.ts';
import { RunAllLab } from '../../support/runAllLab.ts';

suite('buildstream run all', () => {
  let lab: RunAllLab;
  before(async () => (lab = await RunAllLab.start(4, ['r0', 'r1', 'r2'])));
  after(() => lab.close());

  test('shows the plan of all stages and touches nothing without a confirmation', async () => {
    const { code, stdout, stderr } = await lab.run('r0', []);
    assert.equal(code, 2);
    assert.match(stdout, /1\. deploy[^]*4 of 4 nodes can be deployed[^]*BMCs of the nodes to restart \(4\)/);
    assert.match(stdout, /2\. restart[^]*4 of 4 nodes will be PXE-booted[^]*3\. validate[^]*Read-only\. Connects to/);
    assert.match(stdout, /4\. verification/);
    assert.match(stderr, /--yes/);
    assert.deepEqual(lab.resets(), [0, 0, 0, 0]);
    assert.ok(!(await readdir(lab.folder)).includes('boot-r0'));
  });

  test('--dry-run shows the plan and touches nothing, even with --yes', async () => {
    const { code, stdout } = await lab.run('r0', ['--yes', '--dry-run']);
    assert.equal(code, 0);
    assert.match(stdout, /4 of 4 nodes will be PXE-booted/);
    assert.deepEqual(lab.resets(), [0, 0, 0, 0]);
    assert.ok(!(await readdir(lab.folder)).includes('boot-r0'));
  });

  test('runs everything; the same command again changes nothing, boots nobody and tests again', async () => {
    const first = await lab.run('r1', ['--yes', '--include-control', '1']);
    assert.equal(first.code, 0, first.stdout + first.stderr);
    assert.match(first.stdout, /4 created[^]*4 booted, 0 failed[^]*PASSED[^]*PASSED[^]*All stages succeeded/);
    const files = await lab.handedOver('r1');
    const again = await lab.run('r1', ['--yes', '--include-control', '1']);
    assert.equal(again.code, 0, again.stdout + again.stderr);
    assert.match(again.stdout, /No BMC is checked[^]*Nothing was changed[^]*Every node is booted; none is restarted/);
    assert.deepEqual(lab.resets(), [1, 1, 1, 1]);
    assert.deepEqual(await lab.handedOver('r1'), files);
    assert.deepEqual(await readdir(path.join(lab.stateFolder('r1'), 'validate')), ['attempt_1', 'attempt_2']);
    assert.deepEqual(await readdir(path.join(lab.stateFolder('r1'), 'verify')), ['attempt_1', 'attempt_2']);
    assert.ok(![first, again].some(({ stdout, stderr }) => (stdout + stderr).includes(labPassword)));
  });

  test('control nodes that somebody says no to are left out, said at the end, and nothing is tested without them', async () => {
    const [before, asked] = [lab.resets(), lab.bmcRequests()];
    const left = await lab.run('r2', [], { answer: ['y', 'n'] });
    assert.equal(left.code, 3, left.stdout + left.stderr);
    assert.match(left.stdout, /3 booted, 0 failed[^]*Left out, and not restarted: cn-00001\.[^]*--nodes/);
    assert.doesNotMatch(left.stdout, /== validate ==/);
    const all = lab.resets().map((count, index) => count - (before[index] ?? 0));
    assert.deepEqual(all, [0, 1, 1, 1]);
    assert.equal(lab.bmcRequests()[0], asked[0], 'the BMC of a node that is left out is not asked');
    const again = await lab.run('r2', [], { answer: ['y', 'n'] });
    assert.equal(again.code, 3, again.stdout + again.stderr);
    assert.match(again.stdout, /Left out, and not restarted: cn-00001\./);
    assert.doesNotMatch(again.stdout, /Every node is booted/);
  });

  test('where deploy can change nothing, only its checks are run, and nothing is asked', async () => {
    const before = lab.resets();
    const images = ['--images', await lab.lackingList()];
    for (const [args, world] of [
      [images, { env: {} }],
      [[...images, '--yes'], {}],
    ] as const) {
      const { code, stdout, stderr } = await lab.run('r0', args, world);
      assert.equal(code, 3, stdout + stderr);
      assert.match(stdout, /deploy did not fully succeed, so nothing after it was begun/);
      assert.doesNotMatch(stderr, /control node/);
    }
    assert.deepEqual(lab.resets(), before);
    assert.ok(!(await readdir(lab.folder)).includes('boot-r0'));
  });
});
