import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, suite, test } from 'node:test';
import { LabOim } from '@omnia-buildstream/lab/oim/labOim';
import { LabOimServer } from '@omnia-buildstream/lab/oim/http/server';
import { wallClock } from '@omnia-buildstream/lab/gitlab/labClock';
import type { OimStageEvent } from '@omnia-buildstream/oim/events';
import { startCli, type Ran, type Running } from '../../support/cli/runCli.ts';
import { PassingClock, QuickClock } from '../../support/time/quickClock.ts';
import { apiPassword, apiUser, gate, imageGroupId, startOimLab, type OimLab } from '../../support/oimLab.ts';

const mapping = [
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP',
  'slurm_control_node_x86_64,grp0,ABCD001,,head,3c:ec:ef:00:00:01,10.5.0.11,3c:ec:ef:01:00:01,10.6.0.11',
  'slurm_node_x86_64,grp1,ABCD002,,cn-001,3c:ec:ef:00:00:02,10.5.0.12,3c:ec:ef:01:00:02,10.6.0.12',
  '',
].join('\n');

suite('buildstream on the management server', () => {
  let lab: OimLab;
  let folder: string;
  const outputs: string[] = [];

  before(async () => {
    lab = await startOimLab();
    folder = await mkdtemp(path.join(tmpdir(), 'oim-'));
    await mkdir(path.join(folder, 'input'));
    await mkdir(path.join(folder, 'miscellaneous'));
    await writeFile(path.join(folder, 'ca.pem'), lab.certificate.cert);
    await writeFile(path.join(folder, 'input/pxe_mapping_file.csv'), mapping);
    await writeFile(path.join(folder, 'input/network_spec.yml'), 'Networks: []\n');
    await writeFile(path.join(folder, 'input/private.yml'), 'not for the API\n');
  });
  after(async () => {
    await lab.stop();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    lab.faults.clear();
  });

  async function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const { env = clientEnv(), api = lab.server.origin, clock = new QuickClock(), at } = options;
    const running = startCli([...args, '--api', api], { cwd: folder, env, clock });
    if (at !== undefined) {
      await running.shows(at.text);
      at.act(running);
    }
    const ran = await running.ended;
    outputs.push(ran.stdout, ran.stderr);
    return ran;
  }

  interface RunOptions {
    readonly env?: Readonly<Record<string, string>>;
    readonly api?: string;
    readonly clock?: QuickClock;
    /** Acts as soon as an output contains this text. */
    readonly at?: { readonly text: string; readonly act: (running: Running) => void };
  }

  const clientEnv = (): Record<string, string> => ({
    BSM_CLIENT_ID: lab.credential.id,
    BSM_CLIENT_SECRET: lab.credential.reveal(),
  });
  const oim = (stage: string, ...more: string[]): string[] => {
    return ['run', stage, '--backend', 'oim', '--ca', 'ca.pem', '--image', imageGroupId, '--poll', '0.05', ...more];
  };

  test('status shows health, image groups and the stages of a job', async () => {
    const text = await run(['status', '--ca', 'ca.pem', '--job', lab.group.jobId]);
    assert.equal(text.code, 0, text.stderr);
    assert.match(text.stdout, /BuildStreaM API: healthy/);
    assert.match(text.stdout, /rhel10-slurm +BUILT/);
    assert.match(text.stdout, /deploy +PENDING/);
    const json = await run(['status', '--pin', lab.certificate.fingerprint, '--format', 'json']);
    const shape = JSON.parse(json.stdout) as { job: unknown; server?: unknown; imageGroups: { id: string }[] };
    assert.deepEqual([shape.job, shape.imageGroups[0]?.id], [null, imageGroupId]);
    assert.ok('server' in shape, 'what the server says that it is, or null');
  });

  test('orders nothing without a confirmation, and says what it would touch', async () => {
    const { code, stdout, stderr } = await run(oim('deploy'));
    assert.equal(code, 2);
    assert.match(stdout, /Uploads network_spec\.yml, pxe_mapping_file\.csv\./);
    assert.match(stdout, /slurm_node_x86_64: 1/);
    assert.match(stderr, /--yes/);
    assert.ok(lab.server.seen.every((line) => line.startsWith('GET') || line.includes('/auth/')));
  });

  test('--dry-run sends nothing, even with --yes', async () => {
    const { code, stdout, stderr } = await run(oim('deploy', '--yes', '--dry-run'));
    assert.equal(code, 0, stderr);
    assert.match(stdout, /slurm_node_x86_64: 1/);
    assert.ok(lab.server.seen.every((line) => line.startsWith('GET') || line.includes('/auth/')));
  });

  test('bad arguments, wrong certificates and a mapping file with errors end with 2', async () => {
    assert.equal((await run(oim('boot'))).code, 2);
    assert.equal((await run(['run', 'deploy', '--backend', 'oim', '--ca', 'ca.pem'])).code, 2);
    assert.equal((await run(['status'], { api: 'http://127.0.0.1:1' })).code, 2);
    assert.match((await run(['status'])).stderr, /fingerprint is [0-9A-F:]+.*--pin/);
    const early = await run(oim('restart', '--yes'));
    assert.equal(early.code, 2);
    assert.match(early.stderr, /deploy stage of this job is PENDING/);
    await writeFile(path.join(folder, 'broken.csv'), mapping.replace('cn-001', 'head'));
    assert.match((await run(oim('deploy', '--mapping', 'broken.csv', '--yes'))).stderr, /no node is touched/);
    assert.deepEqual(lab.oim.begun, []);
  });

  test('Ctrl-C ends the following only, and the same command follows the stage to its end', async () => {
    const { until, release } = gate();
    lab.work.scripts.deploy = { durationMs: 0, until };
    const interrupt = (running: Running): void => {
      running.send('SIGINT');
    };
    const left = await run(oim('deploy', '--yes', '--format', 'ndjson'), { at: { text: 'accepted', act: interrupt } });
    assert.equal(left.code, 3, left.stderr);
    assert.match(left.stdout, /"outcome":"left-running"/);
    const followed = await run(oim('deploy'), { at: { text: 'is already running', act: release } });
    assert.equal(followed.code, 0, followed.stderr + followed.stdout);
    assert.match(followed.stdout, /already running; its progress is shown/);
    assert.equal(lab.oim.begun.length, 1);
    const files = lab.work.runs[0]?.run.files;
    assert.deepEqual([...(files?.keys() ?? [])], ['network_spec.yml', 'pxe_mapping_file.csv']);
    assert.equal(files?.get('pxe_mapping_file.csv'), mapping);
  });

  test('a restart that fails ends with 3, and its retry takes the failed nodes of this job along', async () => {
    const failure = { succeeded: false, summary: '1 node failed' };
    lab.work.scripts.restart = { durationMs: 0, outcomes: [failure, { succeeded: true, summary: '' }] };
    const failedNodes = (jobId: string): string =>
      JSON.stringify({
        job_id: jobId,
        failed_nodes: [{ bmc_ip: '10.6.0.12', hostname: 'cn-001', status: 'failed', message: '' }],
      });
    const place = path.join(folder, 'miscellaneous/failed_nodes.json');
    await writeFile(place, failedNodes('018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10'));
    const first = await run(oim('restart', '--yes', '--format', 'ndjson'));
    assert.equal(first.code, 3, first.stderr);
    assert.match(first.stderr, /belongs to job 018f3c4b-.*\. It is not uploaded/);
    const end = JSON.parse(first.stdout.trim().split('\n').at(-1) ?? '') as OimStageEvent;
    assert.ok(end.type === 'stage-finished' && end.outcome === 'failed');
    assert.equal(lab.work.runs.at(-1)?.run.files.has('failed_nodes.json'), false);

    await writeFile(place, failedNodes(lab.group.jobId));
    const second = await run(oim('restart', '--yes'));
    assert.equal(second.code, 0, second.stderr);
    assert.match(second.stdout, /nodes? will be PXE-booted/);
    assert.equal(lab.work.runs.at(-1)?.run.files.get('failed_nodes.json'), failedNodes(lab.group.jobId));
  });

  test('validate shows what the tests say', async () => {
    const summary = 'Test failures: 2 failed, 0 errors';
    lab.work.scripts.validate = { durationMs: 0, outcomes: [{ succeeded: false, summary }] };
    const { code, stderr, stdout } = await run(oim('validate', '--yes'));
    assert.equal(code, 3, stderr);
    assert.match(stdout, /Its tests failed\. The management server says: Test failures: 2 failed, 0 errors/);
  });

  test('--yes sends no second request while nobody knows what became of the first; a plan approved since does', async () => {
    const begun = (): number => lab.oim.begun.length;
    const before = begun();
    const digestNow = async (): Promise<string> => {
      const { stdout } = await run(oim('validate', '--dry-run'));
      return /Digest of this plan: ([0-9a-f]{64})/.exec(stdout)?.[1]?.slice(0, 16) ?? '';
    };
    const early = await digestNow();
    lab.work.scripts.validate = { durationMs: 0 };
    lab.faults.add({ kind: 'cut', when: 'before', on: /stages\/validate/ });
    assert.equal((await run(oim('validate', '--yes', '--poll', '5'), { clock: new PassingClock() })).code, 3);
    const again = await run(oim('validate', '--yes'));
    assert.equal(again.code, 2, again.stdout);
    assert.match(again.stderr, /--yes does not decide that/);
    assert.equal(begun(), before);
    // An automatic retry of a job passes the earlier digest.
    const retried = await run(oim('validate', '--yes', '--plan', early));
    assert.equal(retried.code, 2, retried.stdout);
    assert.match(retried.stderr, /another plan than the one with the digest/);
    assert.equal(begun(), before);
    const approved = await run(oim('validate', '--yes', '--plan', await digestNow()));
    assert.equal(approved.code, 0, approved.stderr + approved.stdout);
    assert.equal(begun(), before + 1);
  });

  test('a client is registered only where its secret has a place, and the file is for its owner alone', async () => {
    const oimOfItsOwn = new LabOim({ work: lab.work, clock: wallClock, user: apiUser, password: apiPassword });
    const { certificate, faults } = lab;
    const server = new LabOimServer({ oim: oimOfItsOwn, certificate, faults, clock: wallClock });
    await server.listen();
    const env = { BSM_API_USERNAME: apiUser, BSM_API_PASSWORD: apiPassword };
    const at = { env, api: server.origin };
    const nowhere = await run(['status', '--ca', 'ca.pem', '--yes'], at);
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.stderr, /--save-client/);
    assert.deepEqual(server.seen, []);

    const saved = ['status', '--ca', 'ca.pem', '--save-client', 'client.env', '--yes'];
    const registered = await run(saved, at);
    assert.equal(registered.code, 0, registered.stderr);
    const file = path.join(folder, 'client.env');
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    const secret = /^BSM_CLIENT_SECRET=(\S+)$/m.exec(await readFile(file, 'utf8'))?.[1] ?? '';
    assert.notEqual(secret, '');
    assert.doesNotMatch(registered.stdout + registered.stderr, new RegExp(secret));

    const again = await run(['status', '--ca', 'ca.pem', '--save-client', 'second.env', '--yes'], at);
    assert.equal(again.code, 2);
    assert.match(again.stderr, /BSM_CLIENT_ID and BSM_CLIENT_SECRET of the GitLab project/);
    await assert.rejects(stat(path.join(folder, 'second.env')), 'no empty file is left');
    assert.match((await run(saved, at)).stderr, /is there already/);
    await server.close();
  });

  test('no secret is in any output', () => {
    assert.ok(outputs.length > 20);
    for (const output of outputs) {
      assert.ok(!output.includes(lab.credential.reveal()) && !output.includes(apiPassword));
      assert.doesNotMatch(output, /Bearer [0-9a-f]/);
    }
  });
});
