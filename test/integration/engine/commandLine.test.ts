import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { RestartEvent } from '@omnia-buildstream/engine/restart/events';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { startCli, type Ran, type Running } from '../../support/cli/runCli.ts';
import { agreed, labPassword, labUser, quickLab, reportOf } from '../../support/lab.ts';
import { heldClock } from '../../support/time/heldClock.ts';
import { QuickClock } from '../../support/time/quickClock.ts';
import { waitUntil } from '../../support/waitUntil.ts';

/** A duration that no other pause has. */
const reachMs = 119_000;

suite('buildstream run restart', () => {
  let lab: Lab;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'run-'));
    lab = await quickLab({
      size: 4,
      power: { offMs: 1, poweringOnMs: 1, bootMs: 100 },
      reportPort: 0,
      faultsOf: (index) => (index === 2 ? { rules: [{ on: 'root', action: { do: 'cut' } }] } : {}),
      isOn: (index) => index !== 3,
    });
    await writeFile(path.join(folder, 'mapping.csv'), lab.mappingFile);
    await writeFile(path.join(folder, 'ca.pem'), lab.ca);
  });

  after(async () => {
    await lab.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function start(args: readonly string[], clock: Clock = new QuickClock(), answer?: readonly string[]): Running {
    const report = ['--report', reportOf(lab)];
    const access = ['--bmc-port', String(lab.port), '--ca', 'ca.pem', ...report];
    const what = ['--mapping', 'mapping.csv', '--state', 'state', ...access];
    const env = { BUILDSTREAM_BMC_USER: labUser, BUILDSTREAM_BMC_PASSWORD: labPassword };
    return startCli(['run', 'restart', ...what, ...args], {
      cwd: folder,
      env,
      clock,
      ...(answer !== undefined && { answer }),
    });
  }
  const run = (args: readonly string[]): Promise<Ran> => start(args).ended;

  const resets = (): number[] => lab.bmcs.map(({ record }) => record.resetsCarriedOut);

  test('touches nothing without a confirmation, and says what it would do', async () => {
    const { code, stdout, stderr } = await run(['--image', 'G']);
    assert.equal(code, 2);
    assert.match(stdout, /4 of 4 nodes will be PXE-booted/);
    assert.match(stderr, /--yes/);
    assert.deepEqual(
      lab.bmcs.map(({ record }) => record.requests.length),
      [0, 0, 0, 0],
    );
  });

  test('--dry-run shows the plan and touches nothing, even with --yes', async () => {
    const { code, stdout } = await run(['--image', 'G', '--yes', '--dry-run']);
    assert.equal(code, 0);
    assert.match(stdout, /4 of 4 nodes will be PXE-booted/);
    assert.deepEqual(resets(), [0, 0, 0, 0]);
  });

  test('--yes does not cover control nodes; --include-control does, up to its number', async () => {
    for (const more of [[], ['--include-control', '0'], ['--include-control', '1', '--protect', 'cn-*3']]) {
      const { code, stderr } = await run(['--image', 'G', '--yes', ...more]);
      assert.equal(code, 2);
      assert.match(stderr, /Nothing was touched: Control nodes and protected nodes among these \([12]\): cn-00001/);
    }
    assert.deepEqual(resets(), [0, 0, 0, 0]);
    const only = await start(['--image', 'G', '--nodes', 'cn-00001'], new QuickClock(), ['y', 'n']).ended;
    assert.equal(only.code, 2);
    assert.match(only.output, /Slurm controller.*Restart this control node as well\? \[y\/N\].*Nothing was touched/s);
    assert.deepEqual(resets(), [0, 0, 0, 0]);
  });

  test('bad arguments and a mapping file with errors end with 2', async () => {
    assert.equal((await run([])).code, 2);
    assert.equal((await run(['--image', 'G', '--shard', '3/2'])).code, 2);
    assert.equal((await run(['--image', 'G', '--nodes', 'nobody', '--yes'])).code, 2);
    await writeFile(path.join(folder, 'broken.csv'), lab.mappingFile.replaceAll('cn-00002', 'cn-00001'));
    const broken = await run(['--image', 'G', '--mapping', 'broken.csv', '--yes']);
    assert.equal(broken.code, 2);
    assert.match(broken.stderr, /no node is touched/);
  });

  test('interrupted once: nodes under way are finished, and 3 tells that others were not tried', async () => {
    const args = [
      '--image',
      'G',
      ...agreed,
      '--format',
      'ndjson',
      '--concurrency',
      '1',
      '--nodes',
      'cn-00001,cn-00002',
    ];
    const running = start(args);
    await running.shows('"node-started"');
    running.send('SIGINT');
    const { code, stdout } = await running.ended;
    assert.equal(code, 3, stdout);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RestartEvent);
    const end = events.at(-1);
    assert.ok(end?.type === 'stage-finished' && end.stopped === 'asked');
    assert.deepEqual([end.booted, end.failed, end.notTried], [1, 0, 1]);
    assert.deepEqual(resets(), [1, 0, 0, 0]);
  });

  test('some nodes failed: 3, a table of them, and the others are booted', async () => {
    const otherNodesAreReset = waitUntil('the resets', () => (resets().join() === '1,1,0,1' ? true : undefined));
    // The limit of the unreachable node expires once the others have passed theirs.
    const clock = heldClock(new QuickClock(), (ms) => (ms === reachMs ? otherNodesAreReset : undefined));
    const args = ['--image', 'G', ...agreed, `--limit=reach=${String(reachMs / 1000)}`];
    const { code, stdout, stderr } = await start(args, clock).ended;
    assert.equal(code, 3, stderr);
    assert.match(stdout, /2 booted, 1 failed, 0 not tried/);
    assert.match(stdout, /cn-00003 +127\.\d+\.1\.3 +reach +Failed\. iDRAC is not ready/);
    assert.deepEqual(resets(), [1, 1, 0, 1]);
    const failed = JSON.parse(await readFile(path.join(folder, 'state/failed_nodes.json'), 'utf8')) as {
      failed_nodes: { hostname: string }[];
    };
    assert.deepEqual(
      failed.failed_nodes.map(({ hostname }) => hostname),
      ['cn-00003'],
    );
  });

  test('the failed node is tried again, and all booted is 0', async () => {
    await lab.fleet.repair(lab.bmcs[2]?.node.address ?? '');
    const { code, stdout, stderr } = await run(['--image', 'G', ...agreed, '--failed']);
    assert.equal(code, 0, stdout + stderr);
    assert.deepEqual(resets(), [1, 1, 1, 1]);
    const again = await run(['--image', 'G', ...agreed]);
    assert.equal(again.code, 0);
    assert.deepEqual(resets(), [1, 1, 1, 1]);
    assert.ok(!`${stdout}${stderr}`.includes(labPassword));
  });

  test('another image group is announced in words before anything starts', async () => {
    const { code, stdout } = await run(['--image', 'H']);
    assert.equal(code, 2);
    assert.match(stdout, /4 of 4 nodes will be PXE-booted/);
    assert.match(stdout, /\bH\b[^]*\bG\b|\bG\b[^]*\bH\b/);
  });

  test('control nodes that somebody says no to are said at the end, and 3 tells that they were left out', async () => {
    const before = resets();
    const args = ['--image', 'G', '--state', 'left', '--nodes', 'cn-00001,cn-00002'];
    const { code, stdout, output } = await start(args, new QuickClock(), ['y', 'n']).ended;
    assert.equal(code, 3, output);
    assert.match(stdout, /1 booted, 0 failed, 0 not tried[^]*Left out, and not restarted: cn-00001\./);
    const now = resets().map((count, index) => count - (before[index] ?? 0));
    assert.deepEqual(now, [0, 1, 0, 0]);
  });

  test('a state folder that cannot be written ends with 2', { skip: process.getuid?.() === 0 }, async () => {
    await chmod(path.join(folder, 'state'), 0o555);
    const { code, stderr } = await run(['--image', 'H', ...agreed]);
    await chmod(path.join(folder, 'state'), 0o755);
    assert.equal(code, 2);
    assert.match(stderr, /permission denied/);
  });
});
