import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { cluster } from '../../support/cluster.ts';
import { QuickClock } from '../../support/time/quickClock.ts';
import { gate, imageGroupId, startOimLab, type OimLab } from '../../support/oimLab.ts';
import { folderOf } from '../../support/cli/files.ts';
import { runCli, startCli, type Ran, type Running, type World } from '../../support/cli/runCli.ts';

interface Api {
  readonly lab: OimLab;
  /** `buildstream run all --backend oim`. */
  readonly runAll: (args: readonly string[], world?: World) => Promise<Ran>;
  readonly start: (args: readonly string[]) => Running;
}

async function startApi(t: TestContext): Promise<Api> {
  const lab = await startOimLab();
  t.after(() => lab.stop());
  const cwd = folderOf(t, { 'ca.pem': lab.certificate.cert, 'input/pxe_mapping_file.csv': cluster });
  const env = { BSM_CLIENT_ID: lab.credential.id, BSM_CLIENT_SECRET: lab.credential.reveal() };
  const where = ['--api', lab.server.origin, '--ca', 'ca.pem', '--image', imageGroupId, '--poll', '0.02'];
  const start = (args: readonly string[], world: World = {}): Running => {
    const own = { cwd, env, clock: new QuickClock(), ...world };
    return startCli(['run', 'all', '--backend', 'oim', ...where, ...args], own);
  };
  return { lab, start, runAll: (args, world) => start(args, world).ended };
}

const begun = ({ oim }: OimLab): string[] => oim.begun.map((line) => line.split(' ')[0] ?? '');

test('run all on the management server shows all stages and asks once; a no starts nothing', async (t) => {
  const { lab, runAll } = await startApi(t);
  const ran = await runAll([], { answer: 'n' });
  assert.equal(ran.code, 2);
  assert.match(
    ran.stdout,
    /deploy stage[^]*Uploads[^]*restart stage[^]*5 of 5 nodes[^]*validate stage[^]*Runs the tests/,
  );
  assert.equal(ran.stderr.match(/\?/g)?.length, 1, ran.stderr);
  assert.deepEqual(begun(lab), []);
  assert.equal((await runAll(['--yes'])).code, 0);
  assert.deepEqual(begun(lab), ['deploy', 'restart', 'validate']);
});

test('a failed restart ends it with 3 before anything is tested, and the same command goes on', async (t) => {
  const { lab, runAll } = await startApi(t);
  const outcomes = [
    { succeeded: false, summary: '' },
    { succeeded: true, summary: '' },
  ];
  lab.work.scripts.restart = { durationMs: 0, outcomes };
  const ran = await runAll(['--yes']);
  assert.equal(ran.code, 3, ran.stderr);
  assert.match(ran.stdout, /Playbook exited with code 2[^]*restart did not succeed, so no later stage was started/);
  assert.deepEqual(begun(lab), ['deploy', 'restart']);
  const again = await runAll(['--yes', '--format', 'ndjson']);
  assert.equal(again.code, 0, again.stderr);
  const ends = again.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; stage: string });
  assert.deepEqual(
    ends.filter(({ type }) => type === 'stage-finished').map(({ stage }) => stage),
    ['restart', 'validate'],
    'deploy is COMPLETED with the same files',
  );
  assert.match(again.stderr, /The deploy stage is COMPLETED with exactly these files; it is not run again/);
});

test('a restart that is under way is followed, deploy is not repeated, and validate comes after it', async (t) => {
  const { lab, start } = await startApi(t);
  const { until, release } = gate();
  lab.work.scripts.restart = { durationMs: 0, until };
  lab.oim.startStage(lab.group.jobId, 'deploy', { imageGroupId });
  await lab.oim.waitFor(lab.group.jobId, 'deploy');
  lab.oim.startStage(lab.group.jobId, 'restart');
  const running = start(['--yes']);
  await running.shows('its progress is shown');
  release();
  const ran = await running.ended;
  assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  assert.match(
    ran.stdout,
    /restart stage is already running; its progress is shown, nothing is sent\.\nThe validate stage/,
  );
  assert.deepEqual(begun(lab), ['deploy', 'restart', 'validate']);
});

test('what the API refuses at once ends with 2, and verify is none of its stages', async (t) => {
  const { lab, runAll } = await startApi(t);
  lab.group.status = 'CLEANED';
  const ran = await runAll(['--yes']);
  assert.equal(ran.code, 2, ran.stdout);
  assert.deepEqual(begun(lab), []);
  const verify = await runCli(['run', 'verify', '--backend', 'oim']);
  assert.equal(verify.code, 2);
  assert.match(verify.stderr, /has no stage "verify": deploy, restart, validate, or all/);
});
