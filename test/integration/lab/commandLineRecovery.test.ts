import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { labVersions } from '@omnia-buildstream/core/lab/connection';
import { omniaLayouts } from '@omnia-buildstream/lab/gitlab/omnia/layout';
import { toldListPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import { heldClock } from '../../support/time/heldClock.ts';
import { QuickClock } from '../../support/time/quickClock.ts';
import { gate } from '../../support/oimLab.ts';
import { namedIn, resetCounts, resetSince } from '../../support/recovery/shownNodes.ts';
import { Site, type FailedFile } from '../../support/recovery/site.ts';
import { broken, byHand, repaired } from '../../support/smallCluster.ts';
import type { Ran, Running } from '../../support/cli/runCli.ts';

/** A partial failure and its recovery, using only the command line. */

/** How long a BMC may take to become ready and to accept an order, in seconds. */
const patience = 3_601;

const names = (nodes: FailedFile['failed_nodes']): string[] => nodes.map(({ hostname }) => hostname);
const output = ({ stdout, stderr }: Ran): string => stdout + stderr;

suite('recovery with buildstream run all', () => {
  let site: Site;
  before(async () => (site = await Site.start('2.2')));
  after(() => site.close());

  const failedFile = 'state/restart/failed_nodes.json';
  function startAll(clock?: Clock): Running {
    const { bmc, report, imagesFile, bootFolder, hostsFile, ports } = site.cluster.connection;
    const limits = { ready: patience, override: patience, check: 60, up: 60 };
    const args = [
      ...[
        'run',
        'all',
        '--yes',
        '--include-control',
        '6',
        '--image',
        site.image,
        '--images',
        imagesFile,
        '--state',
        'state',
      ],
      ...['--provision', `files:${bootFolder}`, '--report', report],
      ...['--bmc-port', String(bmc.port), '--ca', bmc.caFile, '--kube-ca', bmc.caFile],
      ...['--hosts', hostsFile],
      ...Object.entries(limits).map(([what, seconds]) => `--limit=${what}=${String(seconds)}`),
      ...Object.entries(ports).map(([name, port]) => `--port=${name}=${String(port)}`),
    ];
    return site.start(args, clock === undefined ? {} : { clock });
  }
  const runAll = (): Promise<Ran> => startAll().ended;

  test('three nodes fail: it ends with 3 before anything is tested, and says what to do', async () => {
    // The limit for the broken nodes expires once all others have booted.
    const { until, release } = gate();
    const running = startAll(heldClock(new QuickClock(), (ms) => (ms === patience * 1000 ? until : undefined)));
    await running.showsWhat((text) => text.match(/^booted {2}/gm)?.length === 17);
    release();
    const ran = await running.ended;
    assert.equal(ran.code, 3, output(ran));
    assert.match(
      ran.stdout,
      /17 booted, 3 failed[^]*restart did not fully succeed[^]*only the nodes that are not booted/,
    );
    assert.deepEqual(names(await site.failedIn(failedFile)), broken);
    assert.deepEqual(site.resets(), { restarted: 17, twice: 0 });
    const status = await site.run(['status', '--state', 'state'], { BSM_API_URL: '' });
    assert.match(status.stdout, /image group rhel-10-r1 [^]*: 17 booted, 3 failed, 0 left[^]*Validate: never run/);
  });

  test('one BMC is repaired, two nodes are marked: the same command restarts one node and succeeds', async () => {
    await site.repairOne();
    const marked = await site.run(['failed', 'mark', ...byHand, '--failed', failedFile, '--yes']);
    assert.equal(marked.code, 0, output(marked));
    const ran = await runAll();
    assert.equal(ran.code, 0, output(ran));
    assert.match(ran.stdout, /1 of 20 nodes will be PXE-booted[^]*1 booted, 0 failed[^]*All stages succeeded/);
    assert.deepEqual(site.resets(), { restarted: 18, twice: 0 });
    assert.deepEqual(await site.failedIn(failedFile), []);
  });

  test('with three nodes added, only those three are restarted', async () => {
    await site.addNodes();
    const ran = await runAll();
    assert.equal(ran.code, 0, output(ran));
    assert.match(ran.stdout, /3 of 23 nodes will be PXE-booted[^]*3 booted, 0 failed[^]*All stages succeeded/);
    assert.deepEqual(site.resets(), { restarted: 21, twice: 0 });
    assert.ok(site.cluster.lab.bmcs.every(({ isRunning }) => isRunning));
  });
});

/**
 * Both versions, and both ways to treat a job whose tests have passed. The editor's test (oimRecovery.test.ts) has
 * every combination.
 */
const servers = [
  ['2.2', 'taken-up'],
  ['2.3', 'refused'],
] as const;
for (const [omnia, afterPassed] of servers)
  suite(`recovery with buildstream run --backend oim of ${omnia}, a finished job being ${afterPassed}`, () => {
    let site: Site;
    let client: Readonly<Record<string, string>> = {};
    let failedFile = '';
    before(async () => (site = await Site.start(omnia, afterPassed)));
    after(() => site.close());

    async function stage(name: string, ...args: readonly string[]): Promise<Ran> {
      const access = ['--ca', site.cluster.connection.api.caFile, '--image', site.image, '--poll', '0.1'];
      // Polls a stage that takes real time: with instant pauses it would only poll.
      const world = { env: client, clock: systemClock };
      return site.start(['run', name, '--backend', 'oim', '--yes', ...access, ...args], world).ended;
    }

    test('a client is registered for deploy, and its secret kept for the commands that follow', async () => {
      const port = String(site.cluster.connection.bmc.port);
      const ran = await stage('deploy', '--save-client', 'client.env', '--ask-bmcs', '--bmc-port', port);
      assert.equal(ran.code, 0, output(ran));
      assert.match(ran.stdout, /20 of 20 BMCs responded \d+ min ago/);
      const text = await readFile(path.join(site.project, 'client.env'), 'utf8');
      client = Object.fromEntries(
        text
          .trim()
          .split('\n')
          .map((line) => line.split('=', 2) as [string, string]),
      );
      assert.ok(!output(ran).includes(client['BSM_CLIENT_SECRET'] ?? 'no secret'));
      assert.deepEqual(site.resets(), { restarted: 0, twice: 0 });
    });

    test('three nodes fail in restart: it ends with 3', async () => {
      const before = resetCounts(site.cluster);
      const ran = await stage('restart');
      assert.equal(ran.code, 3, output(ran));
      const shown = namedIn(ran.stdout, site.cluster).sort();
      assert.deepEqual(
        [...resetSince(site.cluster, before), ...broken].sort(),
        shown,
        'each was shown, and reset once',
      );
      // Only an API that provides the result of each node can report this.
      const told = `3 of 20 nodes failed: ${broken.join(', ')}`;
      assert.equal(ran.stdout.includes(told), omnia === '2.3', ran.stdout);
      const status = await site.run(
        ['status', '--image', site.image, '--format', 'json', '--ca', site.cluster.connection.api.caFile],
        client,
      );
      const { id } = (JSON.parse(status.stdout) as { readonly job: { readonly id: string } }).job;
      failedFile = path.join(site.lab, 'oim/restart_state', id, 'failed_nodes.json');
      assert.deepEqual(names(await site.failedIn(failedFile)), broken);
      assert.deepEqual(site.resets(), { restarted: 17, twice: 0 });
    });

    test('one BMC is repaired, two nodes are marked: restart boots one node, and validate succeeds', async () => {
      const own = path.join(site.project, 'miscellaneous/failed_nodes.json');
      await mkdir(path.dirname(own), { recursive: true });
      await copyFile(failedFile, own);
      await site.repairOne();
      assert.equal((await site.run(['failed', 'mark', ...byHand, '--yes'])).code, 0);
      const ran = await stage('restart');
      assert.equal(ran.code, 0, output(ran));
      assert.match(ran.stdout, /Uploads .*failed_nodes\.json/);
      assert.deepEqual(namedIn(ran.stdout, site.cluster), [repaired]);
      assert.deepEqual(site.resets(), { restarted: 18, twice: 0 });
      assert.deepEqual(await site.failedIn(failedFile), []);
      assert.deepEqual(await site.failedIn(toldListPlace), [], 'every window and terminal reads it');
      const tested = await stage('validate');
      assert.equal(tested.code, 0, output(tested));
    });

    test('with three nodes added, what happens is what the plan said', async () => {
      await copyFile(failedFile, path.join(site.project, 'miscellaneous/failed_nodes.json'));
      const counts = resetCounts(site.cluster);
      const before = await readFile(path.join(site.project, site.mapping));
      await site.addNodes();
      const ran = await stage('all');
      assert.match(
        ran.stdout,
        /The API refuses to deploy it again, unless[^]*If it refuses, nothing is started[^]*new build/,
      );
      const shown = namedIn(ran.stdout, site.cluster).sort();
      assert.equal(shown.length, 3);
      if (afterPassed === 'taken-up') {
        assert.equal(ran.code, 0, output(ran));
        assert.match(ran.stdout, /== deploy ==[^]*== restart ==[^]*== validate ==[^]*All stages succeeded/);
        assert.deepEqual(resetSince(site.cluster, counts), shown);
        assert.deepEqual(site.resets(), { restarted: 21, twice: 0 });
        return;
      }
      assert.equal(ran.code, 2, output(ran));
      assert.match(ran.stdout, /Nothing was started[^]*JOB_IN_TERMINAL_STATE[^]*run a new build/);
      assert.deepEqual(site.resets(), { restarted: 18, twice: 0 });
      await writeFile(path.join(site.project, site.mapping), before);
      await rm(path.join(site.project, 'miscellaneous'), { recursive: true });
      const offered = await stage('all', '--dry-run');
      assert.match(offered.stdout, /deploy stage is COMPLETED with exactly these files; it is not run again/);
      assert.match(offered.stdout, /the stage is started all the same: the API has exactly these already/);
      assert.doesNotMatch(offered.stdout, /new build/);
    });
  });

for (const omnia of labVersions)
  suite(`recovery with buildstream pipelines of ${omnia}`, () => {
    let site: Site;
    let id = '';
    before(async () => (site = await Site.start(omnia)));
    after(() => site.close());

    async function pipelines(...args: readonly string[]): Promise<Ran> {
      const ran = await site.run(['pipelines', ...args]);
      await site.cluster.gitlab.project.idle();
      return ran;
    }

    /** Selects the image and plays deploy. Resolves to the nodes that were shown, and to those that were reset. */
    async function playBoth(): Promise<{ readonly shown: readonly string[]; readonly ordered: readonly string[] }> {
      const before = resetCounts(site.cluster);
      let shown: readonly string[] = [];
      for (const job of [[omniaLayouts[omnia].selectJob(site.image)], []]) {
        const played = await pipelines('play', id, ...job, '--yes');
        assert.equal(played.code, 0, output(played));
        shown = namedIn(played.stderr, site.cluster);
      }
      return { shown: [...shown].sort(), ordered: resetSince(site.cluster, before) };
    }

    test('start and play: three nodes fail, the log of restart says how it ended, and the list in the project which', async () => {
      const started = await pipelines('start', '--type', 'deploy', '--yes');
      assert.equal(started.code, 0, output(started));
      id = /Pipeline #(\d+) started/.exec(started.stdout)?.[1] ?? '';
      const { shown, ordered } = await playBoth();
      // Three BMCs accept no reset.
      assert.deepEqual([...ordered, ...broken].sort(), shown, 'each was shown, and reset once');
      const log = await pipelines('log', id, 'restart', '--follow');
      assert.equal(log.code, 1, output(log));
      assert.match(log.stdout, /Restart stage reached FAILED[^]*PLAYBOOK_EXECUTION_FAILED/);
      const { repository } = site.cluster.gitlab.project;
      const list = await repository.read((await repository.resolve('main')) ?? '', 'miscellaneous/failed_nodes.json');
      assert.deepEqual(names((JSON.parse(String(list)) as FailedFile).failed_nodes), broken);
      assert.deepEqual(site.resets(), { restarted: 17, twice: 0 });
    });

    test('mark --retry hands two nodes over as booted, and restarts the repaired one', async () => {
      await site.repairOne();
      const before = resetCounts(site.cluster);
      const ran = await pipelines('mark', id, '--nodes', byHand.join(','), '--retry', '--yes');
      assert.equal(ran.code, 0, output(ran));
      assert.match(ran.stderr, /1 of \d+ nodes will be/);
      assert.deepEqual(namedIn(ran.stderr, site.cluster), [repaired]);
      assert.deepEqual(resetSince(site.cluster, before), [repaired]);
      assert.deepEqual(site.resets(), { restarted: 18, twice: 0 });
      assert.match((await pipelines('show', id)).stdout, /^pipeline #\d+ \(main\): passed/);
      const log = await pipelines('log', id, 'validate', '--follow');
      assert.equal(log.code, 0, output(log));
    });

    test('with three nodes added and pushed, only those three are restarted', async () => {
      const action = { action: 'update', path: site.mapping, content: Buffer.from(await site.addNodes()) } as const;
      const author = { name: 'operator', email: 'operator@lab.invalid' };
      await site.cluster.gitlab.project.commit({ branch: 'main', message: 'Add nodes', author, actions: [action] });
      await site.cluster.gitlab.project.idle();
      const listed = JSON.parse((await pipelines('list', '--json')).stdout) as { readonly pipelines: { id: number }[] };
      const before = id;
      id = String(listed.pipelines[0]?.id);
      assert.notEqual(id, before);
      const { shown, ordered } = await playBoth();
      // In 2.3 the list names no job, so it is unknown whether it belongs to this image: all are shown, as up to 23.
      assert.deepEqual([ordered.length, shown.length], [3, omnia === '2.2' ? 3 : 23]);
      for (const name of ordered) assert.ok(shown.includes(name));
      assert.match((await pipelines('show', id)).stdout, /^pipeline #\d+ \(main\): passed/);
      assert.deepEqual(site.resets(), { restarted: 21, twice: 0 });
      assert.ok(site.cluster.lab.bmcs.every(({ isRunning }) => isRunning));
    });
  });
