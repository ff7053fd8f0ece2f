import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { test } from 'node:test';
import { commitFiles } from '@omnia-buildstream/gitlab/api/commit';
import { playJob, retryPipeline, startPipeline } from '@omnia-buildstream/gitlab/api/writes';
import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import type { FaultKind } from '@omnia-buildstream/lab/gitlab/faults';
import type { LabClock } from '@omnia-buildstream/lab/gitlab/labClock';
import { FakeClock } from '../../support/time/fakeClock.ts';
import { hangLimits, HastyClock } from '../../support/time/hastyClock.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { call, connect, count, deployUntilFailure, startLab, treeOf } from '../../support/gitlabLab.ts';

const both = { writing: call, reading: call };
const deploy = { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } };

const reasonOf = (error: unknown) => (isGitLabError(error) ? error.reason : String(error));

const writeFaults: readonly { fault: FaultKind; pipelines: number; outcome: string }[] = [
  { fault: { kind: 'too-many', style: 'throttle', retryAfterSeconds: 1 }, pipelines: 0, outcome: 'rate-limited' },
  { fault: { kind: 'too-many', style: 'application' }, pipelines: 0, outcome: 'rate-limited' },
  { fault: { kind: 'too-many', style: 'bare' }, pipelines: 0, outcome: 'rate-limited' },
  { fault: { kind: 'bad-gateway', when: 'before' }, pipelines: 0, outcome: 'not-seen' },
  { fault: { kind: 'bad-gateway', when: 'after' }, pipelines: 1, outcome: 'found' },
  { fault: { kind: 'cut', when: 'before' }, pipelines: 0, outcome: 'not-seen' },
  { fault: { kind: 'cut', when: 'after' }, pipelines: 1, outcome: 'found' },
  { fault: { kind: 'half-answer' }, pipelines: 1, outcome: 'found' },
];
for (const { fault, pipelines, outcome } of writeFaults) {
  const name = [fault.kind, 'when' in fault ? fault.when : 'style' in fault ? fault.style : ''].join(' ').trim();
  test(`${name}: starting a pipeline sends one POST and ends as "${outcome}"`, async (t) => {
    const lab = await startLab(t);
    const client = connect(t, lab, { clock: new HastyClock() });
    lab.faults.add({ ...fault, on: /^POST .*\/pipeline$/, times: 9 });
    const result = await startPipeline(client, { projectId: 1, pipeline: deploy }, both).then(
      ({ kind }) => kind,
      reasonOf,
    );
    assert.equal(result, outcome);
    assert.equal(count(lab, /^POST /), 1);
    lab.faults.clear();
    assert.equal((await client.pipelines.list(1, {}, call)).pipelines.length, pipelines);
  });
}

test('a lost answer to Play or to a retry: one play, one retry, and the state tells what happened', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab, { clock: new HastyClock() });
  const { id } = await client.pipelines.create(1, deploy, call);
  const action = nextAction(await treeOf(client, lab, id));
  assert.ok(action.kind === 'choose-image' && action.images[0] !== undefined);
  lab.faults.add({ kind: 'cut', when: 'after', on: /^POST .*\/play$/ });
  const played = await playJob(client, { projectId: 1, job: action.images[0] }, both);
  assert.equal(played.kind, 'found');
  assert.equal(count(lab, /^POST .*\/play$/), 1);
  lab.faults.add({ kind: 'bad-gateway', when: 'before', on: /^POST .*\/play$/ });
  await lab.project.idle();
  const next = nextAction(await treeOf(client, lab, id));
  assert.ok(next.kind === 'play-deploy');
  assert.equal((await playJob(client, { projectId: 1, job: next.job }, both)).kind, 'not-seen');
  const failed = await deployUntilFailure(client, lab, id);
  assert.ok(failed.kind === 'retry-downstream');
  lab.faults.add({ kind: 'bad-gateway', when: 'after', on: /^POST .*\/retry$/ });
  const retried = await retryPipeline(client, { projectId: 1, pipelineId: failed.pipelineId }, both);
  assert.equal(retried.kind, 'found');
  assert.equal(count(lab, /^POST .*\/retry$/), 1);
});

test('when the state cannot be read either, both errors are told', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab, { clock: new HastyClock() });
  const { id } = await client.pipelines.create(1, deploy, call);
  const action = nextAction(await treeOf(client, lab, id));
  assert.ok(action.kind === 'choose-image' && action.images[0] !== undefined);
  lab.faults.add({ kind: 'cut', when: 'after', on: /^POST .*\/play$/ });
  lab.faults.add({ kind: 'bad-gateway', when: 'before', on: /^GET .*\/jobs\/\d+$/, times: 99 });
  const outcome = await playJob(client, { projectId: 1, job: action.images[0] }, both);
  assert.ok(outcome.kind === 'unknown');
  assert.deepEqual([outcome.error.reason, outcome.readError.reason], ['not-reachable', 'server-failed']);
});

test('a GET waits as long as the server asks, and is given up when that is too long', async (t) => {
  const lab = await startLab(t);
  const clock = new HastyClock();
  const client = connect(t, lab, { clock, random: () => 0 });
  lab.faults.add({ kind: 'too-many', style: 'throttle', retryAfterSeconds: 7, on: /\/user$/ });
  lab.faults.add({ kind: 'too-many', style: 'bare', on: /\/metadata$/, times: 2 });
  lab.faults.add({ kind: 'bad-gateway', when: 'before', on: /\/pipelines\?/ });
  lab.faults.add({ kind: 'cut', when: 'before', on: /\/jobs\?/ });
  await client.identity.user(call);
  await client.identity.version(call);
  await client.pipelines.list(1, {}, call);
  await client.jobs.listOfProject(1, call);
  assert.deepEqual(clock.pauses, [7000, 1000, 2000, 1000, 1000]);
  lab.faults.add({ kind: 'too-many', style: 'throttle', retryAfterSeconds: 600, on: /\/user$/ });
  await assert.rejects(client.identity.user(call), { reason: 'rate-limited' });
  lab.faults.add({ kind: 'too-many', style: 'bare', on: /\/user$/, times: 99 });
  const before = count(lab, /\/user$/);
  await assert.rejects(client.identity.user(call), { reason: 'rate-limited' });
  assert.equal(count(lab, /\/user$/) - before, 3);
});

test('tokens: unknown, expired, revoked, without the scope, none', async (t) => {
  const lab = await startLab(t);
  const reason = async (token: string, work: 'read' | 'write' = 'read') => {
    const client = connect(t, lab, { token });
    const request = work === 'read' ? client.identity.user(call) : client.pipelines.create(1, deploy, call);
    return request.then(() => 'ok', reasonOf);
  };
  lab.tokens.add({ value: 'old', expires: new Date(Date.now() - 1000) });
  lab.tokens.add({ value: 'gone' }).isRevoked = true;
  lab.tokens.add({ value: 'reader', scopes: ['read_api'] });
  lab.tokens.add({ value: 'pusher', scopes: ['write_repository'] });
  assert.equal(await reason('wrong'), 'signed-out');
  assert.equal(await reason('old'), 'token-expired');
  assert.equal(await reason('gone'), 'signed-out');
  assert.equal(await reason('reader'), 'ok');
  assert.equal(await reason('reader', 'write'), 'scope-missing');
  assert.equal(await reason('pusher'), 'scope-missing');
  const before = lab.seen.length;
  assert.equal(await reason(''), 'signed-out');
  assert.equal(lab.seen.length, before, 'nothing was sent');
});

test('two people edit failed_nodes.json at once: the second sees the conflict and nothing is lost', async (t) => {
  const lab = await startLab(t, { files: { 'miscellaneous/failed_nodes.json': '{"failed_nodes": []}\n' } });
  const client = connect(t, lab);
  const path = 'miscellaneous/failed_nodes.json';
  const [mine, theirs] = await Promise.all([1, 2].map(() => client.files.show(1, path, 'main', call)));
  assert.ok(mine && theirs);
  const commit = (text: string, { lastCommitId }: typeof mine) => ({
    branch: 'main',
    message: text,
    files: [{ path, content: Buffer.from(text), lastCommitId }],
  });
  assert.equal((await commitFiles(client, { projectId: 1, commit: commit('theirs', theirs) }, both)).kind, 'done');
  const result = await commitFiles(client, { projectId: 1, commit: commit('mine', mine) }, both);
  assert.ok(result.kind === 'conflict');
  assert.equal(Buffer.from(result.current[0]?.content ?? []).toString(), 'theirs');
  const now = await client.files.show(1, path, 'main', call);
  assert.equal(Buffer.from(now.content).toString(), 'theirs');
});

test('a file that changes at the last moment is a conflict, and so is one that appears or is gone', async (t) => {
  const path = 'miscellaneous/failed_nodes.json';
  const lab = await startLab(t, { files: { [path]: 'a' } });
  const client = connect(t, lab);
  const { lastCommitId } = await client.files.show(1, path, 'main', call);
  lab.faults.add({ kind: 'stale-file', path, content: 'somebody else', on: /^POST .*\/commits$/ });
  const files = [{ path, content: Buffer.from('mine'), lastCommitId }];
  const commit = { branch: 'main', message: 'Mine', files };
  assert.equal((await commitFiles(client, { projectId: 1, commit }, both)).kind, 'conflict');
  const fresh = {
    branch: 'main',
    message: 'New',
    files: [{ path, content: Buffer.from('x'), lastCommitId: undefined }],
  };
  assert.equal((await commitFiles(client, { projectId: 1, commit: fresh }, both)).kind, 'conflict');
});

test('a commit whose answer is lost is there once', async (t) => {
  const path = 'miscellaneous/failed_nodes.json';
  const lab = await startLab(t, { files: { [path]: 'a' } });
  const client = connect(t, lab, { clock: new HastyClock() });
  for (const when of ['after', 'before'] as const) {
    const { lastCommitId } = await client.files.show(1, path, 'main', call);
    lab.faults.add({ kind: 'cut', when, on: /^POST .*\/commits$/ });
    const commit = { branch: 'main', message: when, files: [{ path, content: Buffer.from(when), lastCommitId }] };
    const result = await commitFiles(client, { projectId: 1, commit }, both);
    assert.equal(result.kind, when === 'after' ? 'found' : 'not-seen');
  }
  const messages = (await client.files.commits(1, { ref: 'main', path, count: 9 }, call)).map(({ title }) => title);
  assert.deepEqual(messages, ['after', 'Initial commit']);
});

test('a call ends when its signal does, and when the server is too slow', async (t) => {
  const clock: LabClock = { now: () => new Date(), sleep: (_, ends) => once(ends, 'abort').then(() => undefined) };
  const lab = await startLab(t, { clock });
  const client = connect(t, lab, { clock: new HastyClock() });
  lab.faults.add({ kind: 'slow', ms: 3_600_000, on: /\/user$/, times: 99 });
  const stop = new AbortController();
  const asked = client.identity.user({ signal: stop.signal });
  await waitUntil('the request to arrive', () => (count(lab, /\/user$/) > 0 ? true : undefined));
  stop.abort();
  await assert.rejects(asked, { reason: 'aborted' });
  await assert.rejects(client.identity.user({ signal: stop.signal }), { reason: 'aborted' }, 'already ended');
  // The answer never comes, so the limit is reached on any machine.
  const impatient = connect(t, lab, { limits: { ...hangLimits, answerMs: 100 }, clock: new HastyClock() });
  await assert.rejects(impatient.identity.user(call), { reason: 'timed-out' });
});

test('a connection that does not come about in time is given up by the clock', async (t) => {
  const silent = net.createServer(() => undefined).listen(0, '127.0.0.1');
  t.after(() => silent.close());
  await once(silent, 'listening');
  const { port } = silent.address() as net.AddressInfo;
  const lab = await startLab(t);
  const clock = new FakeClock();
  const client = connect(t, lab, { server: new URL(`https://127.0.0.1:${String(port)}`), clock });
  const asked = client.identity.user(call).then(
    () => 'answered',
    (error: unknown) => reasonOf(error),
  );
  await once(silent, 'connection');
  await clock.advance(hangLimits.connectMs - 1);
  assert.equal(await Promise.race([asked, Promise.resolve('waiting')]), 'waiting');
  await clock.advance(1);
  assert.equal(await asked, 'timed-out');
});
