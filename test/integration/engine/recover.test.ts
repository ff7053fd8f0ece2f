import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { LabBmc } from '@omnia-buildstream/lab/bmc/bmc';
import type { LabGeneration } from '@omnia-buildstream/lab/bmc/generation';
import type { Faults } from '@omnia-buildstream/lab/faults/fault';
import type { Lab } from '@omnia-buildstream/lab/lab';
import type { RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { readRuns } from '@omnia-buildstream/runner/history/readRuns';
import { thisMachine } from '@omnia-buildstream/runner/machine';
import { runCli, type Ran, type World } from '../../support/cli/runCli.ts';
import { labPassword, labUser, quickLab } from '../../support/lab.ts';

const inUse: Faults = { manner: { lifecycleInUseMs: 86_400_000 } };
const lost: Faults = { rules: [{ on: 'recovery', action: { do: 'cut-after' } }] };
const gateway: Faults = { rules: [{ on: 'recovery', action: { do: 'answer-after', status: 504 } }] };
const refused: Faults = {
  rules: [
    { on: 'recovery', action: { do: 'refuse', status: 403, messageId: 'IDRAC.2.8.SWC9004', message: 'Locked.' } },
  ],
};

interface Place {
  readonly generation: LabGeneration;
  readonly faults: Faults;
  /** What `buildstream bmc` offers for it. */
  readonly offers: RegExp;
}

const places: Readonly<Record<string, Place>> = {
  old: { generation: 'idrac8', faults: {}, offers: /--clear-jobs --restart-bmc$/ },
  usual: { generation: 'idrac9', faults: {}, offers: /--clear-jobs --restart-bmc$/ },
  newest: { generation: 'idrac10', faults: {}, offers: /--clear-jobs --restart-bmc$/ },
  plain: { generation: 'plain', faults: {}, offers: /On +--restart-bmc$/ },
  inUse: { generation: 'idrac9', faults: inUse, offers: /--clear-jobs --restart-bmc --leave-lifecycle$/ },
  foreign: { generation: 'idrac9', faults: { foreignTag: 'F0RE1GN' }, offers: /Another machine responds.*F0RE1GN/ },
  nameless: { generation: 'idrac9', faults: { manner: { names: 'none' } }, offers: /cannot be compared with the row/ },
  lost: { generation: 'idrac9', faults: lost, offers: /--clear-jobs/ },
  gateway: { generation: 'idrac9', faults: gateway, offers: /--clear-jobs/ },
  refused: { generation: 'idrac9', faults: refused, offers: /--clear-jobs/ },
};
const names = Object.keys(places);

suite('buildstream bmc', () => {
  let lab: Lab;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'bmc-'));
    const all = Object.values(places);
    lab = await quickLab({
      size: all.length,
      faultsOf: (index) => all[index]?.faults ?? {},
      generations: all.map(({ generation }) => generation),
      power: { offMs: 1, poweringOnMs: 1, bootMs: 1 },
    });
    await writeFile(path.join(folder, 'mapping.csv'), lab.mappingFile);
    await writeFile(path.join(folder, 'ca.pem'), lab.ca);
  });
  after(async () => {
    await lab.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function bmcOf(name: string): LabBmc {
    const bmc = lab.bmcs[names.indexOf(name)];
    assert.ok(bmc);
    return bmc;
  }
  function run(name: string, args: readonly string[], world: World = {}): Promise<Ran> {
    const access = ['--bmc-port', String(lab.port), '--ca', 'ca.pem', '--mapping', 'mapping.csv'];
    const env = { BUILDSTREAM_BMC_USER: labUser, BUILDSTREAM_BMC_PASSWORD: labPassword };
    return runCli(['bmc', bmcOf(name).node.hostname, ...access, ...args], { cwd: folder, env, ...world });
  }
  /** The runs that touched the node, newest first. */
  async function historyAt(name: string): Promise<RunHistory[]> {
    const runs: RunHistory[] = [];
    for await (const found of readRuns(historyOf(folder), thisMachine)) if (found.kind === 'read') runs.push(found.run);
    return runs.filter(({ nodes }) => nodes.some(({ bmcIp }) => bmcIp === bmcOf(name).node.address));
  }
  const done = (name: string): unknown[] => [bmcOf(name).record.recoveries, bmcOf(name).record.resets];

  for (const [name, { offers }] of Object.entries(places)) {
    test(`${name}: tells what the BMC offers, and changes nothing`, async () => {
      const before = structuredClone(done(name));
      const { stdout, stderr } = await run(name, []);
      assert.match(stdout.trimEnd(), offers, stderr);
      assert.deepEqual(done(name), before);
    });
  }

  for (const [name, act] of [
    ['usual', 'clear-jobs'],
    ['old', 'clear-jobs'],
    ['newest', 'restart-bmc'],
    ['plain', 'restart-bmc'],
  ] as const) {
    test(`${name}: --${act} is done once, after a yes to what it touches`, async () => {
      const no = await run(name, [`--${act}`], { answer: 'n' });
      assert.equal(no.code, 2);
      assert.deepEqual(bmcOf(name).record.recoveries, []);
      const { code, stdout } = await run(name, [`--${act}`], { answer: 'y' });
      assert.equal(code, 0, stdout);
      assert.match(stdout, act === 'clear-jobs' ? /All jobs of the BMC are deleted/ : /The server keeps running/);
      assert.deepEqual(bmcOf(name).record.recoveries, [act]);
      assert.deepEqual(bmcOf(name).record.resets, []);
      const [told] = await historyAt(name);
      assert.deepEqual(
        [told?.begun.stage, told?.begun.answers[0]?.answer, told?.end?.outcome],
        [act, 'yes', 'succeeded'],
      );
      assert.equal(told?.nodes[0]?.result?.status, 'success');
    });
  }

  test('without a terminal and --yes nothing is done', async () => {
    const { code, stderr } = await run('old', ['--restart-bmc']);
    assert.equal(code, 2);
    assert.match(stderr, /--yes/);
    assert.ok(!bmcOf('old').record.recoveries.includes('restart-bmc'));
  });

  test('a server in its Lifecycle Controller leaves it by one restart, and offers that no more', async () => {
    assert.equal((await run('inUse', ['--leave-lifecycle', '--yes'])).code, 0);
    assert.deepEqual(bmcOf('inUse').record.resets, [{ type: 'ForceRestart', isCarriedOut: true }]);
    const [told] = await historyAt('inUse');
    assert.deepEqual([told?.begun.backend, told?.nodes[0]?.resets[0]?.kind], ['bmc', 'ForceRestart']);
    const { stdout } = await runCli(['history', bmcOf('inUse').node.hostname], { cwd: folder });
    assert.match(stdout, /Leave Lifecycle Controller|leave-lifecycle/);
    const again = await run('inUse', ['--leave-lifecycle', '--yes']);
    assert.equal(again.code, 2);
    assert.match(again.stderr, /No BMC of these offers --leave-lifecycle now/);
    assert.equal(bmcOf('inUse').record.resets.length, 1);
  });

  test('PXE at every boot is taken back, and the BMC shows that', async () => {
    const { boot } = bmcOf('usual');
    Object.assign(boot, { enabled: 'Continuous', target: 'Pxe' });
    const { code, stdout } = await run('usual', ['--pxe-off', '--yes', '--format', 'json']);
    assert.equal(code, 0);
    assert.equal((JSON.parse(stdout) as { isDone: boolean }[])[0]?.isDone, true);
    assert.equal(boot.enabled, 'Disabled');
  });

  for (const name of ['foreign', 'nameless']) {
    test(`${name}: nothing is done at a machine that is not known to be the row's`, async () => {
      const { code } = await run(name, ['--restart-bmc', '--yes']);
      assert.equal(code, 2);
      assert.deepEqual(done(name), [[], []]);
    });
  }

  test('a machine that tells nothing is helped where that was agreed to, another one never', async () => {
    assert.equal((await run('nameless', ['--clear-jobs', '--yes', '--identity', 'warn'])).code, 0);
    assert.equal((await run('foreign', ['--clear-jobs', '--yes', '--identity', 'warn'])).code, 2);
    assert.deepEqual([bmcOf('nameless').record.recoveries, bmcOf('foreign').record.recoveries], [['clear-jobs'], []]);
  });

  for (const name of ['lost', 'gateway']) {
    test(`${name}: an answer that does not tell is not asked for again`, async () => {
      const { code, stdout } = await run(name, ['--restart-bmc', '--yes']);
      assert.equal(code, 3);
      assert.match(stdout, /It is unknown whether the BMC did it/);
      const [told] = await historyAt(name);
      assert.match(told?.nodes[0]?.result?.message ?? '', /It is unknown whether the BMC did it/);
      assert.equal(told?.end?.outcome, 'failed');
      assert.deepEqual(bmcOf(name).record.recoveries, ['restart-bmc']);
    });
  }

  test('a refusal is told in the words of the BMC', async () => {
    const { code, stdout } = await run('refused', ['--clear-jobs', '--yes']);
    assert.equal(code, 3);
    assert.match(stdout, /NOT DONE: .*Locked\. \(SWC9004\)/);
    assert.ok(!stdout.includes(labPassword));
  });

  test('one act at a time, and a node that is named', async () => {
    assert.equal((await run('usual', ['--clear-jobs', '--restart-bmc'])).code, 2);
    assert.equal((await runCli(['bmc', '--clear-jobs'], { cwd: folder })).code, 2);
  });
});
