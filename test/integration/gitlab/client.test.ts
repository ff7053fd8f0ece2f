import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commitFiles } from '@omnia-buildstream/gitlab/api/commit';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import { followJob } from '@omnia-buildstream/gitlab/trace/followJob';
import { compose } from '@omnia-buildstream/gitlab/status/compose';
import { allPipelines, bridgesOf, jobsOf } from '@omnia-buildstream/gitlab/tree/nodes';
import type { Clock } from '@omnia-buildstream/gitlab/clock';
import type { LabClock } from '@omnia-buildstream/lab/gitlab/labClock';
import { call, connect, count, deployUntilFailure, startLab, treeOf } from '../../support/gitlabLab.ts';

const paceMs = 150;
const both = { writing: call, reading: call };

test('who, where and with what: user, token, version, project', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  assert.equal((await client.identity.user(call)).username, 'root');
  assert.deepEqual((await client.identity.token(call)).scopes, ['api']);
  assert.equal(await client.identity.version(call), '18.8.2');
  const project = await client.identity.project('root/omnia', call);
  assert.deepEqual([project.id, project.defaultBranch], [1, 'main']);
});

test('a deploy run from start over two failed nodes to green', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  const failed = await deployUntilFailure(client, lab, id);
  assert.ok(failed.kind === 'retry-downstream');
  assert.deepEqual(
    failed.jobs.map(({ name }) => name),
    ['restart', 'summary'],
  );

  const path = 'miscellaneous/failed_nodes.json';
  const file = await client.files.show(1, path, 'main', call);
  const text = Buffer.from(file.content).toString();
  assert.equal((JSON.parse(text) as { failure_count: number }).failure_count, 2);
  const content = Buffer.from(text.replaceAll('"status": "failed"', '"status": "success"'));
  const commit = {
    branch: 'main',
    message: 'Mark booted',
    files: [{ path, content, lastCommitId: file.lastCommitId }],
  };
  assert.equal((await commitFiles(client, { projectId: 1, commit }, both)).kind, 'done');

  await client.pipelines.retry(1, failed.pipelineId, call);
  const tree = await treeOf(client, lab, id);
  assert.deepEqual(nextAction(tree), { kind: 'done', status: 'success' });
  assert.equal(allPipelines(tree).length, 3, 'the retry made no new child');
  const after = await client.files.show(1, path, 'main', call);
  assert.equal((JSON.parse(Buffer.from(after.content).toString()) as { failure_count: number }).failure_count, 0);
  const { pipelines } = await client.pipelines.list(1, {}, call);
  assert.deepEqual(
    pipelines.map((one) => one.id),
    [id],
    'the commit of failed_nodes.json starts nothing',
  );
});

test('the composed state of our tables agrees with the server at every step', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  for (;;) {
    const tree = await treeOf(client, lab, id);
    for (const node of allPipelines(tree)) {
      const parts = [...jobsOf(node), ...bridgesOf(node).map(({ bridge }) => bridge)];
      assert.equal(compose(parts)?.status, node.pipeline.status, `pipeline ${String(node.pipeline.id)}`);
    }
    const action = nextAction(tree);
    const job =
      action.kind === 'choose-image' ? action.images[0] : action.kind === 'play-deploy' ? action.job : undefined;
    if (job === undefined) break;
    await client.jobs.play(1, job.id, {}, call);
  }
});

test('a commit of the mapping file starts a deploy pipeline, with the catalog both, another file none', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const write = async (paths: readonly string[]) => {
    const files = await Promise.all(
      paths.map(async (path) => {
        const { content, lastCommitId } = await client.files.show(1, path, 'main', call);
        return { path, content: Buffer.concat([content, Buffer.from('\n')]), lastCommitId };
      }),
    );
    await client.files.commit(1, { branch: 'main', message: 'Change', files }, call);
    const { pipelines } = await client.pipelines.list(1, {}, call);
    return pipelines;
  };
  const [deploy] = await write(['input/pxe_mapping_file.csv']);
  assert.equal(deploy?.source, 'push');
  assert.equal(bridgesOf(await treeOf(client, lab, deploy.id)).length, 1);
  const [both2] = await write(['catalog_rhel.json', 'input/pxe_mapping_file.csv']);
  assert.ok(both2);
  assert.equal(bridgesOf(await treeOf(client, lab, both2.id)).length, 2);
  const created = { path: 'notes.txt', content: Buffer.from('x'), lastCommitId: undefined };
  await client.files.commit(1, { branch: 'main', message: 'Notes', files: [created] }, call);
  assert.equal((await client.pipelines.list(1, {}, call)).pipelines.length, 2);
});

test('a pipeline without a type is refused in the words of GitLab', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  await assert.rejects(client.pipelines.create(1, { ref: 'main' }, call), {
    reason: 'refused',
    message: /would have been empty.*POST \/projects\/1\/pipeline, 400/,
  });
  await assert.rejects(client.pipelines.create(1, { ref: 'nowhere', variables: { PIPELINE_TYPE: 'deploy' } }, call), {
    reason: 'refused',
  });
});

test('a job is played once: the second Play is refused', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  const action = nextAction(await treeOf(client, lab, id));
  assert.ok(action.kind === 'choose-image' && action.images[0] !== undefined);
  const { id: jobId } = action.images[0];
  await client.jobs.play(1, jobId, { EXTRA: 'x' }, call);
  await assert.rejects(client.jobs.play(1, jobId, {}, call), { reason: 'refused', message: /Unplayable Job/ });
});

test('lists go over pages', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  for (let index = 0; index < 5; index += 1) {
    await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'build' } }, call);
  }
  const first = await client.pipelines.list(1, { perPage: 2 }, call);
  assert.deepEqual([first.pipelines.length, first.nextPage], [2, 2]);
  const last = await client.pipelines.list(1, { perPage: 2, page: 3 }, call);
  assert.deepEqual([last.pipelines.length, last.nextPage], [1, undefined]);
});

test('the log of a running job is followed to its end', async (t) => {
  // The job advances by one step each time the client has polled.
  const steps: (() => void)[] = [];
  const clock: LabClock = {
    now: () => new Date(),
    sleep: (ms, ends) =>
      new Promise((resolve) => {
        ends.addEventListener('abort', () => {
          resolve();
        });
        if (ms === paceMs) steps.push(resolve);
        else resolve();
      }),
  };
  const lab = await startLab(t, { paceMs, clock });
  const client = connect(t, lab);
  await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  const [job] = await client.jobs.listOfProject(1, call);
  assert.ok(job);
  const chunks: Uint8Array[] = [];
  const sink = { append: (chunk: Uint8Array) => void chunks.push(chunk), clear: () => assert.fail('redrawn') };
  const looking: Clock = {
    now: () => Date.now(),
    sleep: () => {
      steps.shift()?.();
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
  const ended = await followJob(client, { projectId: 1, jobId: job.id, sink }, { clock: looking, signal: call.signal });
  assert.equal(ended.status, 'success');
  assert.match(Buffer.concat(chunks).toString(), /Running with.*select_omnia_2_2_slurm.*Job succeeded/s);
  assert.ok(chunks.length > 1, 'it came in pieces');
});

for (const { version, hasBridges, asked } of [
  { version: '17.0.0', hasBridges: true, asked: ['bridges'] },
  { version: '19.4.0', hasBridges: true, asked: ['bridges'] },
  { version: '20.0.0', hasBridges: false, asked: ['bridges', 'trigger_jobs'] },
]) {
  test(`children are found on GitLab ${version}${hasBridges ? '' : ' without /bridges'}`, async (t) => {
    const lab = await startLab(t, { version, hasBridges });
    const client = connect(t, lab);
    const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
    assert.equal(allPipelines(await treeOf(client, lab, id)).length, 3);
    assert.equal(count(lab, /\/trigger_jobs/) > 0, asked.includes('trigger_jobs'));
    const before = count(lab, /\/bridges/);
    await treeOf(client, lab, id);
    assert.equal(count(lab, /\/bridges/) - before, hasBridges ? 3 : 0, 'what the server has is remembered');
  });
}
