import assert from 'node:assert/strict';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { GitLabLab } from '@omnia-buildstream/lab/gitlab/lab';
import { folderOf } from '../../support/cli/files.ts';
import { runCli, type World } from '../../support/cli/runCli.ts';
import { QuickClock } from '../../support/time/quickClock.ts';
import { call, connect, count, deployUntilFailure, goodToken, startLab } from '../../support/gitlabLab.ts';

const failedNodes = 'miscellaneous/failed_nodes.json';

/** A lab in which a run has failed for n3 and n4, and `buildstream pipelines` against it. */
async function failedRun(t: TestContext) {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  await deployUntilFailure(client, lab, id);
  const folder = folderOf(t, { 'ca.pem': lab.certificate?.cert ?? '' });
  const env = {
    BUILDSTREAM_GITLAB_URL: lab.origin,
    BUILDSTREAM_GITLAB_PROJECT: 'root/omnia',
    BUILDSTREAM_GITLAB_CA_FILE: path.join(folder, 'ca.pem'),
    BUILDSTREAM_GITLAB_TOKEN: goodToken,
  };
  const run = async (args: readonly string[], world: World = {}) => {
    const ran = await runCli(['pipelines', ...args], { cwd: folder, clock: new QuickClock(Infinity), ...world, env });
    assert.ok(!JSON.stringify(ran).includes(goodToken));
    return ran;
  };
  const text = async () => Buffer.from((await client.files.show(1, failedNodes, 'main', call)).content).toString();
  return { lab, client, id: String(id), run, text };
}

const commits = (lab: GitLabLab) => count(lab, /^POST .*\/commits$/);
const retries = (lab: GitLabLab) => count(lab, /^POST .*\/retry$/);

test('mark and retry: the node is marked in one commit, only the other one is tried again', async (t) => {
  const { lab, id, run, text } = await failedRun(t);
  const before = await text();
  const ran = await run(['mark', id, '--nodes', 'n3', '--retry', '--yes']);
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /Marks as booted by hand.*: 1\n {2}n3 \(172\.17\.107\.3\)\n.*starts no pipeline/s);
  assert.match(
    ran.stderr,
    /Retries child pipeline #\d+\. Jobs to rerun: restart, summary\..*1 of 4 nodes.*\nn4 .*\n\n.*n3 /s,
  );
  assert.doesNotMatch(ran.stderr, /\nn3 [^]*\nn4 /);
  assert.doesNotMatch(ran.stderr, /warning/);
  assert.match(ran.stdout, /^Committed as [\da-f]{8}\nPipeline #\d+ was retried\n$/);
  await lab.project.idle();
  assert.deepEqual([commits(lab), retries(lab), count(lab, /cancel/)], [1, 1, 0]);
  // The playbook rewrites the list with the nodes that failed in this run.
  assert.match(await text(), /"n4"/);
  assert.doesNotMatch(await text(), /"n3"/);
  assert.match(before, /"n3"/);
});

test('without --retry it is marked only, and the file keeps its form', async (t) => {
  const { lab, run, text } = await failedRun(t);
  const before = await text();
  const ran = await run(['mark', '--all', '--yes']);
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(await text(), before.replaceAll('"status": "failed"', '"status": "success"'));
  assert.match((await run(['mark', '--all', '--yes'])).stderr, /Nothing to mark/);
  assert.deepEqual([commits(lab), retries(lab)], [1, 0]);
});

test('a list that cannot be read is refused in words, and nothing is written', async (t) => {
  const { lab, client, run } = await failedRun(t);
  for (const [content, said] of [
    [Buffer.from([0x7b, 0xe9, 0x7d]), /^buildstream: miscellaneous\/failed_nodes\.json on the server is not UTF-8\./],
    [Buffer.from('{"failed_nodes": ['), /failed_nodes\.json would fail the restart stage: it is not JSON/],
  ] as const) {
    const { lastCommitId } = await client.files.show(1, failedNodes, 'main', call);
    const files = [{ path: failedNodes, content, lastCommitId }];
    await client.files.commit(1, { branch: 'main', message: 'theirs', files }, call);
    const before = commits(lab);
    const { code, stderr } = await run(['mark', '--all', '--yes']);
    assert.equal(code, 2);
    assert.match(stderr, said);
    assert.equal(commits(lab), before);
  }
});

test('it asks, and without a yes or with a wrong name nothing happens', async (t) => {
  const { lab, id, run } = await failedRun(t);
  const before = lab.seen.filter(({ method }) => method !== 'GET').length;
  assert.match((await run(['mark', id, '--nodes', 'n3', '--retry'], { answer: 'n' })).stderr, /Nothing was changed/);
  assert.match((await run(['mark', '--nodes', 'n33'])).stderr, /No entry has .*"n33".*Did you mean/s);
  assert.match((await run(['mark', '--nodes', 'n3', '--retry'])).stderr, /--retry needs the number/);
  assert.match((await run(['mark', id])).stderr, /Say which nodes: --nodes, or --all, or --cause/);
  assert.equal(lab.seen.filter(({ method }) => method !== 'GET').length, before);
});

test('somebody else is faster: with --yes it ends, else it shows what changed and asks again; nothing is lost', async (t) => {
  const { lab, id, run, text } = await failedRun(t);
  const theirs = (await text()).replace('"status": "failed"', '"status": "success"');
  lab.faults.add({ kind: 'stale-file', path: failedNodes, content: theirs, on: /^POST .*\/commits$/ });
  const sure = await run(['mark', id, '--nodes', 'n4', '--retry', '--yes']);
  assert.equal(sure.code, 2);
  assert.match(
    sure.stderr,
    /Nothing was committed.*n3 \(172\.17\.107\.3\): failed -> success.*Review it, then run this again/s,
  );
  assert.equal(await text(), theirs);
  assert.equal(retries(lab), 0);

  const back = theirs.replace('"status": "success"', '"status": "failed"');
  lab.faults.add({ kind: 'stale-file', path: failedNodes, content: back, on: /^POST .*\/commits$/ });
  const asked = await run(['mark', '--nodes', 'n4'], { answer: 'y' });
  assert.equal(asked.code, 0, asked.stderr);
  assert.match(asked.stderr, /n3 \(172\.17\.107\.3\): success -> failed.*Marks as booted by hand/s);
  assert.match(await text(), /"n3",[^}]*"failed"[^{]*\{[^}]*"n4",[^}]*"success"/s);
});

test('lost answers: one commit and one retry, and what is not known is not followed by more', async (t) => {
  const { lab, id, run } = await failedRun(t);
  lab.faults.add({ kind: 'bad-gateway', when: 'before', on: /^POST .*\/commits$/ });
  const notSeen = await run(['mark', id, '--nodes', 'n3', '--retry', '--yes']);
  assert.equal(notSeen.code, 3);
  assert.deepEqual([commits(lab), retries(lab)], [1, 0]);

  lab.faults.add({ kind: 'cut', when: 'after', on: /^POST .*\/commits$/ });
  lab.faults.add({ kind: 'cut', when: 'after', on: /^POST .*\/retry$/ });
  const found = await run(['mark', id, '--nodes', 'n3', '--retry', '--yes']);
  assert.equal(found.code, 0, found.stderr);
  assert.match(found.stderr, /No response was received.*but GitLab carried it out.*No response was received/s);
  assert.deepEqual([commits(lab), retries(lab)], [2, 1]);
  await lab.project.idle();
});

test('a list of another job is told before anything is sent', async (t) => {
  const { lab, id, run, text } = await failedRun(t);
  const other = (await text()).replace(/"job_id": "[^"]+"/, '"job_id": "018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10"');
  lab.faults.add({ kind: 'stale-file', path: failedNodes, content: other, on: /^GET .*\/repository\/files/ });
  const ran = await run(['mark', id, '--nodes', 'n3', '--retry'], { answer: 'n' });
  assert.match(
    ran.stderr,
    /warning: failed_nodes\.json is of job 018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10, this run is job/,
  );
});

test('variables of a played job are shown, but no secrets; a trigger job takes none', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  await lab.project.idle();
  const folder = folderOf(t, { 'ca.pem': lab.certificate?.cert ?? '' });
  const env = {
    BUILDSTREAM_GITLAB_URL: lab.origin,
    BUILDSTREAM_GITLAB_PROJECT: '1',
    BUILDSTREAM_GITLAB_TOKEN: goodToken,
  };
  const play = (...args: string[]) =>
    runCli(['pipelines', 'play', String(id), ...args, '--yes', '--ca', 'ca.pem'], { env, cwd: folder });
  const ran = await play('select_omnia_2_2_k8s', '--var', 'NOTE=hello', '--var', 'BMC_PASSWORD=calvin');
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /Variables: NOTE=hello, BMC_PASSWORD=•••/);
  assert.ok(!JSON.stringify(ran).includes('calvin'));

  const web = lab.project.start({
    source: 'web',
    ref: 'main',
    sha: (await client.pipelines.show(1, id, call)).sha,
    variables: new Map(),
    changedPaths: [],
    username: 'root',
  });
  assert.ok(web);
  const args = ['pipelines', 'play', String(web.id), 'deploy_pipeline', '--var', 'A=b', '--yes', '--ca', 'ca.pem'];
  const bridge = await runCli(args, { env, cwd: folder });
  assert.equal(bridge.code, 2);
  assert.match(bridge.stderr, /GitLab ignores variables there/);
});
