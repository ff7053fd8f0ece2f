import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { expandHostlist } from '@omnia-buildstream/engine/workload/slurm/hostlist';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { startCli, type Running } from '../support/cli/runCli.ts';
import { labPassword, labUser, quickLab, reportOf } from '../support/lab.ts';
import { QuickClock } from '../support/time/quickClock.ts';
import { RealSlurm, whyNoSlurm, whyNoSlurmRest } from './realSlurm/cluster.ts';

const names = [1, 2, 3, 4].map((n) => `cn-0000${String(n)}`);
const [first = '', second = '', third = '', fourth = ''] = names;

/**
 * A real Slurm, with a controller and a daemon for each node, alongside a lab whose BMCs restart nodes of the same
 * names. Apart from the login, the command line queries and orders as it does over ssh.
 */
suite('jobs in a real Slurm', { skip: whyNoSlurm() }, () => {
  let slurm: RealSlurm;
  let lab: Lab;
  let folder: string;

  before(async () => {
    slurm = await RealSlurm.start(names);
    folder = await mkdtemp(path.join(tmpdir(), 'run-'));
    lab = await quickLab({ size: 4, reportPort: 0 });
    await writeFile(path.join(folder, 'mapping.csv'), lab.mappingFile);
    await writeFile(path.join(folder, 'ca.pem'), lab.ca);
  });

  after(async () => {
    await lab.stop();
    await slurm.stop();
    await rm(folder, { recursive: true, force: true });
  });

  let runs = 0;
  /** Each run uses another image group, so that every node is to be booted. */
  function restart(args: readonly string[], answer?: readonly string[]): Running {
    const where = ['--mapping', 'mapping.csv', '--state', 'state', '--bmc-port', String(lab.port), '--ca', 'ca.pem'];
    const how = [
      '--report',
      reportOf(lab),
      '--slurm',
      'controller',
      '--include-control',
      '4',
      '--image',
      `G${String(runs++)}`,
    ];
    const env = { BUILDSTREAM_BMC_USER: labUser, BUILDSTREAM_BMC_PASSWORD: labPassword };
    const world = {
      cwd: folder,
      env,
      clock: new QuickClock(),
      ssh: slurm.ssh,
      ...(answer !== undefined && { answer }),
    };
    return startCli(['run', 'restart', ...where, ...how, ...args], world);
  }

  const resets = (): number[] => lab.bmcs.map(({ record }) => record.resetsCarriedOut);
  const since = (before: readonly number[]): number[] => resets().map((count, index) => count - (before[index] ?? 0));

  test('are seen, with whose they are and until when, and leave their nodes out', async () => {
    const limited = await slurm.submit(first, '--time=30');
    const endless = await slurm.submit(second);
    const suspended = await slurm.submit(third);
    await slurm.scontrol('suspend', suspended);
    const before = resets();
    const { code, stdout } = await restart(['--yes']).ended;
    assert.equal(code, 3, stdout);
    assert.match(
      stdout,
      /Left out, because jobs are running on them \(3\): cn-00001 \(1 job of root, until \d{4}-\d\d-\d\d \d\d:\d\d UTC at the latest\), cn-00002 \(1 job of root, without time limit\), cn-00003 \(1 job of root/,
    );
    assert.deepEqual(since(before), [0, 0, 0, 1]);
    for (const id of [limited, endless, suspended]) await slurm.cancel(id);
  });

  test('that start between the question and the reset keep their node from being reset', async () => {
    await slurm.free(names);
    const before = resets();
    let job = '';
    const running = restart(['--nodes', `${first},${second}`], ['y']);
    // The question comes once the plan is made; the job starts before the answer takes effect.
    await slurm.beforeNextLook(async () => {
      job = await slurm.submit(second);
    });
    const { code, stdout } = await running.ended;
    assert.equal(code, 3, stdout);
    assert.deepEqual(since(before), [1, 0, 0, 0]);
    assert.match(stdout, /Not restarted, because jobs have started on them.*\(1\): cn-00002\./);
    await slurm.cancel(job);
  });

  test('are drained, waited for, and the node is resumed when it has reported', async () => {
    await slurm.free(names);
    const job = await slurm.submit(third);
    const before = resets();
    const running = restart([
      '--nodes',
      third,
      '--yes',
      '--drain',
      '--wait-for-jobs',
      '60',
      '--resume',
      '--format',
      'ndjson',
    ]);
    await running.shows('waiting for 1 job of root');
    assert.match(await slurm.node(third), /^draining buildstream: restart, run [0-9a-f-]+$/);
    assert.deepEqual(since(before), [0, 0, 0, 0]);
    await slurm.cancel(job);
    const { code, stdout, output } = await running.ended;
    assert.equal(code, 0, output);
    assert.deepEqual(since(before), [0, 0, 1, 0]);
    assert.match(stdout, /"node-drained"[^]*"node-reset"[^]*"node-finished"[^]*"node-resumed"/);
    assert.match(await slurm.node(third), /^idle\*? none$/);
  });

  test('a node that stays drained is told at the end and by status, and one that others have drained is left to them', async () => {
    await slurm.free(names);
    await slurm.scontrol('update', `NodeName=${fourth}`, 'State=DRAIN', 'Reason=disk');
    const { code, stdout, output } = await restart(['--nodes', `${third},${fourth}`, '--yes', '--drain']).ended;
    assert.equal(code, 0, output);
    assert.match(stdout, /Drained and not resumed \(1\): cn-00003\./);
    assert.equal(await slurm.node(fourth), 'drained disk');
    const status = startCli(['status', '--state', 'state'], { cwd: folder });
    assert.match((await status.ended).stdout, /Drained and not resumed \(1\): cn-00003\./);
    const again = await restart(['--nodes', `${third},${fourth}`, '--yes', '--drain', '--resume']).ended;
    assert.equal(again.code, 0, again.output);
    assert.match(await slurm.node(third), /^idle\*? none$/);
    assert.equal(await slurm.node(fourth), 'drained disk');
    await slurm.scontrol('update', `NodeName=${fourth}`, 'State=RESUME');
  });

  test(
    'are seen by slurmrestd as well, by its token alone; one that is refused leaves them not known',
    { skip: whyNoSlurmRest() },
    async () => {
      await slurm.free(names);
      const [job, rest, token] = [await slurm.submit(first, '--time=30'), await slurm.rest(), await slurm.token()];
      await slurm.scontrol('update', `NodeName=${second}`, 'State=DRAIN', 'Reason=disk');
      const plan = async (given: string, place = rest): Promise<string> => {
        const args = ['run', 'restart', '--mapping', 'mapping.csv', '--state', 'state', '--image', 'G', '--dry-run'];
        const env = { BUILDSTREAM_SLURM_TOKEN: given };
        const { stdout, output } = await startCli([...args, '--slurm', place], { cwd: folder, env }).ended;
        assert.ok(!output.includes(given));
        return stdout;
      };
      const busy = /\(1\): cn-00001 \(1 job of root, until \d{4}-\d\d-\d\d \d\d:\d\d UTC at the latest\)/;
      assert.match(await plan(token), busy);
      assert.match(await plan(token, rest.replace('://', '://root@')), busy);
      assert.match(await plan('a.b.c'), /Running jobs: unknown[^]*refused the request: HTTP /);
      await slurm.scontrol('update', `NodeName=${second}`, 'State=RESUME');
      await slurm.cancel(job);
    },
  );

  test('hostlists are read as Slurm itself reads them', async () => {
    for (const list of ['n[1-3,07-11],login1', 'r[1-2]n[08-10],x', 'cn-[00001-00004]', 'a,b,c[1,3,5]']) {
      assert.deepEqual(
        expandHostlist(list),
        (await slurm.scontrol('show', 'hostnames', list)).trim().split('\n'),
        list,
      );
    }
  });
});
