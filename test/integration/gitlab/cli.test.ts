import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { pipelinesHelp } from '@omnia-buildstream/cli/pipelines/help';
import type { GitLabLab } from '@omnia-buildstream/lab/gitlab/lab';
import { runProcess } from '../../support/cli/cliProcess.ts';
import { folderOf } from '../../support/cli/files.ts';
import { runCli, startCli, type World } from '../../support/cli/runCli.ts';
import { gate, startOimLab } from '../../support/oimLab.ts';
import { QuickClock } from '../../support/time/quickClock.ts';
import { call, connect, count, deployUntilFailure, goodToken, startLab } from '../../support/gitlabLab.ts';

/** Runs `buildstream pipelines` against the lab. */
function cli(t: TestContext, lab: GitLabLab, world: World = {}) {
  const folder = folderOf(t, { 'ca.pem': lab.certificate?.cert ?? '' });
  const env = {
    BUILDSTREAM_GITLAB_URL: lab.origin,
    BUILDSTREAM_GITLAB_PROJECT: 'root/omnia',
    BUILDSTREAM_GITLAB_CA_FILE: path.join(folder, 'ca.pem'),
    BUILDSTREAM_GITLAB_TOKEN: goodToken,
    ...world.env,
  };
  return (...args: string[]) =>
    runCli(['pipelines', ...args], { cwd: folder, clock: new QuickClock(Infinity), ...world, env });
}

test('start, choose, deploy, fail, retry: the whole run from the command line', async (t) => {
  const lab = await startLab(t);
  const run = cli(t, lab);
  const started = await run('start', '--type', 'deploy', '--yes');
  assert.equal(started.code, 0, started.stderr);
  assert.match(started.stderr, /A deploy pipeline of root\/omnia on main at [\da-f]{8} \(Initial commit.*4 nodes/s);
  const id = /Pipeline #(\d+) started: https/.exec(started.stdout)?.[1] ?? '';
  await lab.project.idle();

  assert.match(
    (await run('show', id)).stdout,
    /select_omnia_2_2_slurm #\d+: manual action.*select an image.*play \d+ JOB/s,
  );
  const early = await run('play', id, 'deploy', '--yes');
  assert.deepEqual([early.code, early.stdout], [2, '']);
  assert.match(early.stderr, /deploy cannot be run: select an image first/);
  assert.match((await run('play', id, '--yes')).stderr, /Nothing to play without a choice/);
  assert.equal((await run('play', id, 'select_omnia_2_2_slurm', '--yes')).code, 0);
  await lab.project.idle();
  const second = await run('play', id, 'select_omnia_2_2_k8s', '--yes');
  assert.match(second.stderr, /another image is already selected/);

  const deploy = await run('play', id, '--yes');
  assert.match(
    deploy.stderr,
    /Deploys omnia_2_2_slurm .*Up to 4 of 4 nodes will be PXE-booted.*n1 .*172\.17\.107\.1 +possibly booted already/s,
  );
  assert.match(deploy.stdout, /deploy #\d+ was started/);
  await lab.project.idle();

  const shown = await run('show', id);
  assert.match(shown.stdout, /restart #\d+: failed.*retry \(restart, summary\): buildstream pipelines retry/s);
  const log = await run('log', id, 'restart', '--follow');
  assert.equal(log.code, 1, 'the job failed');
  assert.match(
    log.stdout,
    /Restart stage reached FAILED.*PLAYBOOK_EXECUTION_FAILED.*exited with code 2.*ERROR: Job failed/s,
  );
  assert.ok(!log.stdout.includes('\u001b') && !log.stdout.includes('section_'));

  const bridge = await run('retry', id, '--job', 'trigger_deploy', '--yes');
  assert.match(bridge.stderr, /a retry would make a new one/);
  const retried = await run('retry', id, '--yes');
  assert.equal(retried.code, 0, retried.stderr);
  assert.match(
    retried.stderr,
    /Retries child pipeline #\d+\. Jobs to rerun: restart, summary\..*2 of 4 nodes will be PXE-booted.*n3 .*failed in the last run.*n1 .*booted already/s,
  );
  await lab.project.idle();
  const listed = JSON.parse((await run('list', '--json')).stdout) as { pipelines: { id: number; status: string }[] };
  assert.deepEqual(
    listed.pipelines.map((one) => [String(one.id), one.status]),
    [[id, 'failed']],
  );
  assert.equal(count(lab, /cancel/), 0);
});

test('everything that changes something asks, and nothing happens without a yes', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  await deployUntilFailure(client, lab, id);
  const waiting = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  await lab.project.idle();
  const before = count(lab, /^(POST|PUT)/);
  const commands = [
    ['start', '--type', 'deploy'],
    ['play', String(waiting.id), 'select_omnia_2_2_slurm'],
    ['retry', String(id)],
    ['retry', String(id), '--job', 'restart'],
  ];
  for (const args of commands) {
    const nobody = await cli(t, lab)(...args);
    assert.equal(nobody.code, 2);
    assert.match(nobody.stderr, /there is no terminal to ask at\. Add --yes/);
    const no = await cli(t, lab, { answer: 'n' })(...args);
    assert.deepEqual([no.code, no.stdout], [0, '']);
    assert.match(no.stderr, /\[y\/N\].*Nothing was (started|run|retried)/s);
    const dry = await cli(t, lab)(...args, '--yes', '--dry-run');
    const digest = /^Digest of this plan: ([0-9a-f]{64})$/m.exec(dry.stderr)?.[1] ?? '';
    assert.deepEqual([dry.code, digest.length], [0, 64], dry.stderr);
    const other = await cli(t, lab)(...args, '--yes', '--plan', 'ab12ab12ab12');
    assert.equal(other.code, 2);
    assert.match(other.stderr, /another plan than the one with the digest ab12.*Nothing was touched/s);
    const approved = await cli(t, lab)(...args, '--plan', digest);
    assert.match(approved.stderr, /there is no terminal to ask at/, 'the same plan has the same digest');
  }
  assert.equal(count(lab, /^(POST|PUT)/), before);
  const yes = await cli(t, lab, { answer: 'y' })('play', String(waiting.id), 'select_omnia_2_2_slurm');
  assert.match(yes.stdout, /was started/);
  assert.match(yes.stderr, /warning: .*failed_nodes\.json|No node is changed/);
});

test('a merge request has one note, which every run writes anew, and other notes stay', async (t) => {
  const lab = await startLab(t);
  const [first, quoted] = ['Look at node 3.', '<!-- buildstream-plan -->\nfirst, says somebody else'];
  for (const body of [first, quoted]) {
    lab.project.notes.push({ id: lab.project.notes.length + 1, iid: 7, author: 'somebody', body });
  }
  // More new notes than GitLab returns at once.
  const chat = () => {
    for (let count = 0; count < 120; count++) {
      lab.project.notes.push({ id: lab.project.notes.length + 1, iid: 7, author: 'somebody', body: 'Agreed.' });
    }
  };
  const cwd = folderOf(t, { 'plan.md': 'first', 'next.md': 'second' });
  const note = (...args: string[]) => cli(t, lab, { cwd })('note', ...args);
  assert.match(
    (await note('7', '--file', 'plan.md', '--yes')).stderr,
    /^Adds a note to merge request !7 of root\/omnia/,
  );
  chat();
  assert.match((await note('!7', '--file', 'next.md', '--yes')).stderr, /^Replaces note 3 of/);
  lab.faults.add({ kind: 'bad-gateway', when: 'after', on: /^PUT/ });
  assert.match((await note('7', '--file', 'plan.md', '--yes')).stderr, /GitLab carried it out/);
  assert.deepEqual(
    lab.project.notes.map(({ body }) => body).filter((body) => body !== 'Agreed.'),
    [first, quoted, '<!-- buildstream-plan -->\nfirst'],
  );
  assert.match((await note('--file', 'plan.md', '--yes')).stderr, /needs the number of a merge request/);
  assert.match((await note('7', '--yes')).stderr, /--file FILE/);
  assert.match((await note('7', '--file', 'none.md', '--yes')).stderr, /none\.md cannot be read/);
});

test('a lost answer is told: what is known, what is not, and nothing is sent twice', async (t) => {
  const lab = await startLab(t);
  const run = cli(t, lab);
  lab.faults.add({ kind: 'bad-gateway', when: 'after', on: /^POST/ });
  const found = await run('start', '--type', 'build', '--yes');
  assert.equal(found.code, 0);
  assert.match(found.stderr, /No response was received .*but GitLab carried it out/);
  assert.match(found.stdout, /Pipeline #\d+ started/);
  lab.faults.add({ kind: 'cut', when: 'before', on: /^POST/ });
  const lost = await run('start', '--type', 'build', '--yes');
  assert.equal(lost.code, 3);
  assert.match(lost.stderr, /No response was received.*no visible effect so far.*buildstream pipelines list/s);
  assert.equal(count(lab, /^POST/), 2);
});

test('what is wrong is said with what to do', async (t) => {
  const lab = await startLab(t);
  lab.tokens.add({ value: 'reader', scopes: ['read_api'] });
  lab.tokens.add({ value: 'old', expires: new Date(0) });
  const cases: readonly [env: Record<string, string>, args: string[], code: number, sentence: RegExp][] = [
    [{}, [], 2, /Say what to do: list, show, start/],
    [{}, ['cancel', '1'], 2, /not "cancel"/],
    [{}, ['list', '--limit', '0'], 2, /--limit cannot be "0"/],
    [{}, ['start'], 2, /--type deploy, build, cleanup, cadence/],
    [{}, ['start', '--type', 'deplyo'], 2, /--type cannot be "deplyo"/],
    [{}, ['start', '--type', 'deploy', '--var', 'x'], 2, /--var needs NAME=VALUE/],
    [{}, ['show'], 2, /show needs the number of a pipeline/],
    [{}, ['show', '99'], 2, /does not exist, or that the token may not see it.*404/s],
    [{}, ['list', '--tokne', 'x'], 2, /There is no option "--tokne"/],
    [{ BUILDSTREAM_GITLAB_TOKEN: '' }, ['list'], 2, /There is no token: set BUILDSTREAM_GITLAB_TOKEN/],
    [{ BUILDSTREAM_GITLAB_TOKEN: 'wrong' }, ['list'], 2, /the server does not know this token/],
    [{ BUILDSTREAM_GITLAB_TOKEN: 'old' }, ['list'], 2, /has expired.*Make a new token/s],
    [{ BUILDSTREAM_GITLAB_TOKEN: 'reader' }, ['start', '--type', 'build', '--yes'], 2, /needs the scope api/],
    [{ BUILDSTREAM_GITLAB_PROJECT: 'root/nothing' }, ['list'], 2, /Check --project/],
    [{ BUILDSTREAM_GITLAB_URL: 'https://127.0.0.1:1' }, ['list'], 2, /cannot be reached: ECONNREFUSED/],
    [{ BUILDSTREAM_GITLAB_URL: 'nonsense' }, ['list'], 2, /not the address of a server/],
    [{ BUILDSTREAM_GITLAB_URL: 'https://root:secret@x' }, ['list'], 2, /Leave user name and password out/],
    [{ BUILDSTREAM_GITLAB_PIN: 'ab' }, ['list'], 2, /BUILDSTREAM_GITLAB_PIN takes a SHA-256 fingerprint/],
    [{ BUILDSTREAM_GITLAB_CA_FILE: 'none.pem' }, ['list'], 2, /none\.pem cannot be used: there is no such file/],
  ];
  for (const [env, args, code, sentence] of cases) {
    const ran = await cli(t, lab, { env })(...args);
    assert.equal(ran.code, code, `${args.join(' ')}: ${ran.stderr}`);
    assert.match(ran.stderr, sentence);
    assert.equal(ran.stdout, '');
  }
});

test('an unknown certificate is shown, and its fingerprint can be pinned', async (t) => {
  const lab = await startLab(t);
  const folder = folderOf(t, {});
  const env = {
    BUILDSTREAM_GITLAB_URL: lab.origin,
    BUILDSTREAM_GITLAB_PROJECT: '1',
    BUILDSTREAM_GITLAB_TOKEN: goodToken,
  };
  const refused = await runCli(['pipelines', 'list'], { env, cwd: folder });
  assert.equal(refused.code, 2);
  const fingerprint = /^The server shows:\nSHA-256 fingerprint: ([\dA-F:]{95})$/m.exec(refused.stderr)?.[1];
  assert.equal(fingerprint, lab.certificate?.fingerprint);
  assert.match(refused.stderr, /^ {2}\| Name: CN=gitlab\.lab\.invalid\n {2}\| Signed by: CN=gitlab\.lab\.invalid$/m);
  assert.equal(lab.seen.length, 0);
  const pinned = await runCli(['pipelines', 'list', '--pin', fingerprint ?? ''], { env, cwd: folder });
  assert.deepEqual([pinned.code, pinned.stdout], [0, 'root/omnia has no pipeline.\n']);
});

test('the project is found from the git remote, without its password', async (t) => {
  const lab = await startLab(t);
  const folder = folderOf(t, { 'ca.pem': lab.certificate?.cert ?? '' });
  execFileSync('git', ['init', '--quiet', folder]);
  const address = lab.origin.replace('//', '//me:hidden@');
  execFileSync('git', ['-C', folder, 'remote', 'add', 'origin', `${address}/root/omnia.git`]);
  const env = { BUILDSTREAM_GITLAB_TOKEN: goodToken };
  const list = (world: World) => runCli(['pipelines', 'list', '--ca', 'ca.pem'], { cwd: folder, env, ...world });
  const question = `Send BUILDSTREAM_GITLAB_TOKEN to ${lab.origin}, as the git remote of this folder says? [y/N] `;
  // The folder alone does not determine where the token goes.
  for (const world of [{}, { answer: '' }, { answer: 'n' }]) {
    const refused = await list(world);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /is not sent to .*Name the server that the token is for with BUILDSTREAM_GITLAB_URL/);
  }
  const args = ['pipelines', 'list', '--server', lab.origin];
  const beside = await runCli(args, {
    cwd: folder,
    env: { ...env, BUILDSTREAM_GITLAB_URL: 'https://gitlab.example.com' },
  });
  assert.match(beside.stderr, /belongs to https:\/\/gitlab\.example\.com \(BUILDSTREAM_GITLAB_URL\)/);
  assert.deepEqual(lab.seen, []);
  const other = await runCli(['pipelines', 'list', '--server', 'https://gitlab.example.com'], { cwd: folder, env });
  assert.match(other.stderr, /names no GitLab project here: give --project/, 'it names one of another server');
  const ran = await list({ answer: 'y' });
  assert.deepEqual([ran.code, ran.stderr], [0, question]);
  // A host alias from ~/.ssh/config is resolved to its host: the question names that host, and without confirmation
  // nothing is sent there either.
  const { hostname } = new URL(lab.origin);
  execFileSync('git', ['-C', folder, 'remote', 'set-url', 'origin', 'git@omnia-gitlab:root/omnia.git']);
  const ssh = () => Promise.resolve({ code: 0, stdout: `hostname ${hostname}\n`, stderr: '', isMissing: false });
  const named = await list({ ssh });
  assert.match(named.stderr, new RegExp(`is not sent to https://${hostname.replaceAll('.', '[.]')}, which only`));
  const elsewhere = await runCli(['pipelines', 'list'], { env, cwd: folderOf(t, {}) });
  assert.match(elsewhere.stderr, /give --server and --project/);
});

test('the token appears in nothing that is written', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  await deployUntilFailure(client, lab, id);
  const written: string[] = [];
  const world: World = {
    cwd: folderOf(t, { 'ca.pem': lab.certificate?.cert ?? '' }),
    isTerminal: true,
    answer: 'y',
    secret: goodToken,
    env: { BUILDSTREAM_GITLAB_URL: lab.origin, BUILDSTREAM_GITLAB_PROJECT: 'root/omnia' },
    clock: new QuickClock(Infinity),
  };
  for (const fault of [undefined, 'bad-gateway', 'cut', 'half-answer', 'too-many'] as const) {
    for (const args of [['list'], ['show', String(id)], ['start', '--type', 'build'], ['log', String(id), 'restart']]) {
      if (fault === 'too-many') lab.faults.add({ kind: fault, style: 'bare', on: /./, times: 3 });
      else if (fault === 'half-answer') lab.faults.add({ kind: fault, on: /POST|pipelines/, times: 3 });
      else if (fault !== undefined) lab.faults.add({ kind: fault, when: 'before', on: /pipeline/, times: 3 });
      written.push((await runCli(['pipelines', ...args, '--ca', 'ca.pem'], world)).output);
      lab.faults.clear();
      await lab.project.idle();
    }
  }
  written.push(JSON.stringify(lab.seen));
  assert.match(written.join(''), /Token for https:\/\/127\.0\.0\.1:\d+: .*502 Bad Gateway/s);
  assert.ok(!written.join('').includes(goodToken));
});

test('Ctrl-C while a log is followed is told, ends with 2 and cancels nothing', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  await lab.project.idle();
  const env = {
    BUILDSTREAM_GITLAB_URL: lab.origin,
    BUILDSTREAM_GITLAB_PROJECT: '1',
    BUILDSTREAM_GITLAB_TOKEN: goodToken,
  };
  const cwd = folderOf(t, { 'ca.pem': lab.certificate?.cert ?? '' });
  // A manual job that no one plays never ends.
  let looks = 0;
  const { until: isLooking, release } = gate();
  const quick = new QuickClock(Infinity);
  const clock = {
    now: () => quick.now(),
    monotonic: () => quick.monotonic(),
    sleep: (ms: number, signal?: AbortSignal) => {
      looks += 1;
      if (looks === 2) release();
      return quick.sleep(ms, signal);
    },
  };
  const args = ['pipelines', 'log', String(id), 'deploy', '--follow', '--ca', 'ca.pem'];
  const running = startCli(args, { cwd, env, clock });
  await isLooking;
  running.send('SIGINT');
  const { code, stderr } = await running.ended;
  assert.equal(code, 2, stderr);
  assert.match(stderr, /^buildstream: Stopped\. Nothing was canceled: the pipeline continues on the server\.$/m);
  assert.equal(count(lab, /cancel/), 0);
});

test('the API that --api and --api-ca name is looked at for others at work', async (t) => {
  const oim = await startOimLab();
  t.after(() => oim.stop());
  const lab = await startLab(t);
  const client = { BSM_CLIENT_ID: oim.credential.id, BSM_CLIENT_SECRET: oim.credential.reveal() };
  const run = cli(t, lab, { env: client });
  const ca = path.join(folderOf(t, { 'api.pem': oim.certificate.cert }), 'api.pem');
  const start = ['start', '--type', 'cadence', '--dry-run'];
  const { stderr } = await run(...start, '--api', oim.server.origin, '--api-ca', ca);
  assert.match(stderr, /^Other runs: none\. Checked: .*the management server/m);
  assert.doesNotMatch(stderr, /unknown for the management server/);
});

test('as a process: arguments, environment, outputs and exit code', async (t) => {
  const lab = await startLab(t);
  const folder = folderOf(t, { 'ca.pem': lab.certificate?.cert ?? '' });
  const env = {
    BUILDSTREAM_GITLAB_URL: lab.origin,
    BUILDSTREAM_GITLAB_PROJECT: 'root/omnia',
    BUILDSTREAM_GITLAB_TOKEN: goodToken,
  };
  const ran = await runProcess(['pipelines', 'start', '--type', 'build', '--yes', '--ca', 'ca.pem'], {
    env,
    cwd: folder,
  });
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stdout, /^Pipeline #\d+ started/);
});

test('the help names every option and says that there is no cancel', async (t) => {
  const { stdout, code } = await runCli(['pipelines', '--help'], { cwd: folderOf(t, {}) });
  assert.deepEqual([stdout, code], [pipelinesHelp, 0]);
  assert.match(stdout, /There is no cancel/);
  assert.ok(!stdout.includes('--token'));
});
