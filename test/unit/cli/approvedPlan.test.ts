import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { approvalEnd, approvalOf } from '@omnia-buildstream/cli/run/approvedPlan';
import { cluster } from '../../support/cluster.ts';
import { folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';

const images = JSON.stringify({
  images: ['slurm_control_node_x86_64', 'slurm_node_x86_64', 'login_node_x86_64'].map((role) => ({ role, name: 'G' })),
});

/** Each stage that runs from here, with the arguments needed to plan it. */
const stages: Readonly<Record<string, readonly string[]>> = {
  restart: ['--image', 'G'],
  validate: [],
  verify: ['--image', 'G'],
};

function digestIn(text: string): string {
  return /^Digest of this plan: ([0-9a-f]{64})$/m.exec(text)?.[1] ?? '';
}

suite('only the plan that was approved is run', () => {
  for (const [stage, more] of Object.entries(stages)) {
    test(`${stage}: a dry run tells its digest; another plan is refused before anything is touched`, async (context) => {
      const cwd = folderOf(context, { 'mapping.csv': cluster, 'images.json': images });
      const stageWith = (...args: string[]) =>
        runCli(['run', stage, '--mapping', 'mapping.csv', ...more, ...args], { cwd });
      const dry = await stageWith('--dry-run');
      const digest = digestIn(dry.stdout);
      assert.deepEqual([dry.code, digest.length], [0, 64], dry.stdout + dry.stderr);
      assert.equal(digestIn((await stageWith('--dry-run')).stdout), digest, 'the same plan has the same digest');

      writeFileSync(path.join(cwd, 'mapping.csv'), cluster.trimEnd().split('\n').slice(0, -1).join('\n') + '\n');
      const other = await stageWith('--plan', digest);
      assert.equal(other.code, 2);
      assert.match(other.stderr, /another plan than the one with the digest [0-9a-f]+.*Nothing was touched/s);
      assert.notEqual(digestIn((await stageWith('--dry-run')).stdout), digest);
    });
  }

  test('how nodes are restarted is part of it', async (context) => {
    const cwd = folderOf(context, { 'mapping.csv': cluster });
    const digests = new Set<string>();
    const ways = [
      [],
      ['--canary', '2'],
      ['--graceful'],
      ['--continuous'],
      ['--identity', 'warn'],
      ['--nodes', 'cn-001'],
      ['--protect', 'cn-001'],
      ['--protect', 'no-such-node'],
    ];
    for (const way of ways) {
      const args = ['run', 'restart', '--image', 'G', '--mapping', 'mapping.csv', '--dry-run', ...way];
      digests.add(digestIn((await runCli(args, { cwd })).stdout));
    }
    assert.equal(digests.size, ways.length);
  });

  test('its beginning is enough, if it is long enough to tell plans apart', () => {
    const identity = 'ab12'.repeat(16);
    const approval = (plan: string) => approvalOf({ 'dry-run': false, plan });
    assert.equal(approvalEnd(approval(identity.slice(0, 12)), [{ identity, nodes: [] }], {}), undefined);
    assert.equal(approvalEnd(approval(identity.toUpperCase()), [{ identity, nodes: [] }], {}), undefined);
    assert.throws(() => approvalEnd(approval('ab12ab12ab13'), [{ identity, nodes: [] }], {}), /another plan/);
    for (const plan of ['', 'ab12', `${identity}0`, 'not-a-digest'])
      assert.throws(() => approval(plan), /--plan takes/);
  });

  test('of several stages each counts, and their order', () => {
    const [one, two] = [
      { identity: 'a'.repeat(64), nodes: [] },
      { identity: 'b'.repeat(64), nodes: [] },
    ];
    const shown = (plans: Parameters<typeof approvalEnd>[1]) =>
      approvalEnd({ dryRun: true, approved: undefined }, plans, {});
    assert.notEqual(shown([one, two]), shown([two, one]));
    assert.notEqual(shown([one, two]), shown([one, one]));
  });
});
