import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { markText } from '@omnia-buildstream/core/failedNodes/markText';
import { commitAndReadBack } from '@omnia-buildstream/gitlab/api/committed';
import { commitAsOf } from '@omnia-buildstream/gitlab/api/commitAsOf';
import { editFile, readTextFile, type TextFile, type TextReading } from '@omnia-buildstream/gitlab/api/editFile';
import type { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { followPipeline } from '@omnia-buildstream/gitlab/poll/followPipeline';
import { guideStep } from '@omnia-buildstream/gitlab/actions/guideStep';
import type { FaultKind } from '@omnia-buildstream/lab/gitlab/faults';
import type { GitLabLab } from '@omnia-buildstream/lab/gitlab/lab';
import { HastyClock } from '../../support/time/hastyClock.ts';
import { call, connect, count, startLab } from '../../support/gitlabLab.ts';

const both = { writing: call, reading: call };
const path = 'miscellaneous/failed_nodes.json';
const place = { projectId: 1, branch: 'main', path };
const entry = (n: number) =>
  `    {"bmc_ip": "172.17.107.${String(n)}",  "hostname": "n${String(n)}", "status": "failed"}`;
const failed = `{\n  "failed_nodes": [\n${[1, 2, 3].map(entry).join(',\n')}\n  ]\n}\n`;
const marked = (...nodes: number[]) =>
  markText(
    failed,
    nodes.map((n) => `172.17.107.${String(n)}`),
    'success',
  );

async function labWithFailed(t: TestContext): Promise<{ lab: GitLabLab; client: GitLabClient }> {
  const lab = await startLab(t, {
    files: { [path]: failed, 'input/pxe_mapping_file.csv': 'A\n', 'catalog_rhel.json': '{}' },
  });
  return { lab, client: connect(t, lab, { clock: new HastyClock() }) };
}

function read(reading: TextReading): TextFile {
  assert.ok(reading.kind === 'read');
  return reading.value;
}

const textNow = async (client: GitLabClient) => read(await readTextFile(client, place, call)).text;

function mark(client: GitLabClient, base: TextFile, node: number) {
  const edit = (text: string) => markText(text, [`172.17.107.${String(node)}`], 'success');
  return editFile(client, { ...place, base, message: `Mark n${String(node)}`, edit }, both);
}

test('an edit changes what it is about, is read back, and nothing is sent when there is nothing to change', async (t) => {
  const { lab, client } = await labWithFailed(t);
  const result = await mark(client, read(await readTextFile(client, place, call)), 2);
  assert.ok(result.kind === 'done' && result.value.check.kind === 'same');
  assert.equal(await textNow(client), marked(2));
  const again = await mark(client, read(await readTextFile(client, place, call)), 2);
  assert.equal(again.kind, 'unchanged');
  assert.equal(count(lab, /^POST /), 1);
});

test('two people mark nodes at once: the second is told, chooses again, and both marks are there', async (t) => {
  const { client } = await labWithFailed(t);
  const [mine, theirs] = await Promise.all([1, 2].map(async () => read(await readTextFile(client, place, call))));
  assert.ok(mine && theirs);
  assert.equal((await mark(client, theirs, 1)).kind, 'done');
  const second = await mark(client, mine, 2);
  assert.ok(second.kind === 'conflict');
  assert.equal(await textNow(client), marked(1), 'nothing of the second was written');
  const result = await mark(client, read(second.theirs), 2);
  assert.equal(result.kind, 'done');
  assert.equal(await textNow(client), marked(1, 2));
});

const faults: readonly { fault: FaultKind; outcome: string; isWritten: boolean }[] = [
  { fault: { kind: 'too-many', style: 'bare' }, outcome: 'rate-limited', isWritten: false },
  { fault: { kind: 'bad-gateway', when: 'before' }, outcome: 'not-seen', isWritten: false },
  { fault: { kind: 'bad-gateway', when: 'after' }, outcome: 'found', isWritten: true },
  { fault: { kind: 'cut', when: 'after' }, outcome: 'found', isWritten: true },
  { fault: { kind: 'half-answer' }, outcome: 'found', isWritten: true },
];
for (const { fault, outcome, isWritten } of faults) {
  const name = [fault.kind, 'when' in fault ? fault.when : ''].join(' ').trim();
  test(`${name}: an edit is one POST and ends as "${outcome}"`, async (t) => {
    const { lab, client } = await labWithFailed(t);
    const base = read(await readTextFile(client, place, call));
    lab.faults.add({ ...fault, on: /^POST .*\/commits$/, times: 9 });
    const result = await mark(client, base, 3).then(
      ({ kind }) => kind,
      (error: unknown) => (isGitLabError(error) ? error.reason : String(error)),
    );
    assert.equal(result, outcome);
    assert.equal(count(lab, /^POST /), 1);
    assert.equal(await textNow(client), isWritten ? marked(3) : failed);
    const commits = await client.files.commits(1, { ref: 'main', path, count: 9 }, call);
    assert.equal(commits.length, isWritten ? 2 : 1);
  });
}

test('what is read back tells when somebody wrote over it, and when it cannot be read', async (t) => {
  const { lab, client } = await labWithFailed(t);
  const files = /^GET .*\/repository\/files\//;
  const base = read(await readTextFile(client, place, call));
  lab.faults.add({ kind: 'stale-file', path, content: '{}', on: files });
  const over = await mark(client, base, 1);
  assert.ok(over.kind === 'done');
  assert.deepEqual(over.value.check, { kind: 'changed-since', paths: [path] });
  const now = read(await readTextFile(client, place, call));
  lab.faults.add({ kind: 'bad-gateway', when: 'before', on: files, times: 99 });
  const result = await editFile(client, { ...place, base: now, message: 'Empty', edit: () => '{ }' }, both);
  assert.ok(result.kind === 'done' && result.value.check.kind === 'not-read');
});

test('a file that is missing or not UTF-8 is told apart', async (t) => {
  const { client } = await labWithFailed(t);
  assert.equal((await readTextFile(client, { ...place, path: 'none.json' }, call)).kind, 'missing');
  const bytes = Buffer.from([0x7b, 0xe9, 0x7d]);
  const commit = {
    branch: 'main',
    message: 'Latin 1',
    files: [{ path: 'l1.json', content: bytes, lastCommitId: undefined }],
  };
  await commitAndReadBack(client, { projectId: 1, commit }, both);
  assert.equal((await readTextFile(client, { ...place, path: 'l1.json' }, call)).kind, 'not-utf8');
});

test('mapping file and catalog in one commit, the answer lost: one commit, one pipeline of both types', async (t) => {
  const { lab, client } = await labWithFailed(t);
  const names = ['input/pxe_mapping_file.csv', 'catalog_rhel.json'];
  const files = await Promise.all(
    names.map(async (name) => {
      const { file, text } = read(await readTextFile(client, { ...place, path: name }, call));
      return { path: name, content: Buffer.from(`${text}\n`), lastCommitId: file.lastCommitId };
    }),
  );
  lab.faults.add({ kind: 'cut', when: 'after', on: /^POST .*\/commits$/ });
  const commit = { branch: 'main', message: 'Both', files };
  const result = await commitAndReadBack(client, { projectId: 1, commit }, both);
  assert.ok(result.kind === 'found' && result.value.check.kind === 'same');
  await lab.project.idle();
  const { pipelines } = await client.pipelines.list(1, {}, call);
  assert.equal(pipelines.length, 1);
  const bridges = await client.jobs.bridges(1, pipelines[0]?.id ?? 0, call);
  assert.deepEqual(bridges.map(({ name }) => name).sort(), ['build_pipeline', 'deploy_pipeline']);
});

test('the commit that a file had at a time', async (t) => {
  const { client } = await labWithFailed(t);
  const base = read(await readTextFile(client, place, call));
  await mark(client, base, 1);
  const where = { projectId: 1, branch: 'main', path };
  const [newest] = await client.files.commits(1, { ref: 'main', path, count: 1 }, call);
  const later = await commitAsOf(client, { ...where, timeMs: Date.now() + 60_000 }, call);
  assert.equal(later?.id, newest?.id);
  assert.equal((await commitAsOf(client, { ...where, timeMs: 0 }, call))?.title, 'Initial commit');
  assert.equal(await commitAsOf(client, { ...where, path: 'none', timeMs: 0 }, call), undefined);
});

test('a pipeline is followed until something is the case, through a server that fails for a while', async (t) => {
  const lab = await startLab(t);
  const clock = new HastyClock();
  const client = connect(t, lab, { clock });
  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  lab.faults.add({ kind: 'bad-gateway', when: 'before', on: /^GET .*\/jobs/, times: 6 });
  const target = {
    projectId: 1,
    pipelineId: id,
    until: (tree: Parameters<typeof guideStep>[0]) => guideStep(tree).kind === 'choose-image',
  };
  const options = { clock, random: () => 0, signal: call.signal };
  const tree = await followPipeline(client, target, options);
  assert.ok(tree !== undefined && guideStep(tree).kind === 'choose-image');
});

test('stopping to follow ends the looking, and nothing on the server', async (t) => {
  const lab = await startLab(t);
  const clock = new HastyClock();
  const client = connect(t, lab, { clock });
  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  await lab.project.idle();
  const stop = new AbortController();
  const until = () => {
    stop.abort();
    return false;
  };
  const target = { projectId: 1, pipelineId: id, until };
  assert.equal(await followPipeline(client, target, { clock, random: () => 0, signal: stop.signal }), undefined);
  assert.equal(count(lab, /^POST /), 1);
  assert.equal((await client.pipelines.show(1, id, call)).status, 'running');
  await assert.rejects(
    followPipeline(client, { ...target, pipelineId: 999 }, { clock, random: () => 0, signal: call.signal }),
    { reason: 'not-found' },
  );
});
