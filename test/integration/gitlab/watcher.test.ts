import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PipelineWatcher } from '@omnia-buildstream/gitlab/poll/watcher';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import { call, connect, deployUntilFailure, startLab, treeOf } from '../../support/gitlabLab.ts';

test('an unchanged view costs one request a poll, and only changes are told', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const told: string[] = [];
  const watcher = new PipelineWatcher({
    client,
    projectId: 1,
    onList: (pipelines) => told.push(`list ${String(pipelines.length)}`),
    onTree: (tree) => told.push(`tree ${tree.state.status}`),
  });
  /** Polls until nothing changes, then counts the requests of one more poll. */
  const settle = async () => {
    while ((await watcher.poll(call.signal)).isChanged);
    const before = lab.seen.length;
    const { activity, isChanged } = await watcher.poll(call.signal);
    assert.equal(isChanged, false);
    assert.equal(lab.seen.length - before, 1, 'one request');
    return { activity, told: told.splice(0) };
  };
  assert.deepEqual(await settle(), { activity: 'idle', told: ['list 0'] });

  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  watcher.open(id);
  await lab.project.idle();
  assert.deepEqual(await settle(), { activity: 'waiting', told: ['list 1', 'tree running'] });

  const choose = nextAction(await treeOf(client, lab, id));
  assert.ok(choose.kind === 'choose-image' && choose.images[0] !== undefined);
  await client.jobs.play(1, choose.images[0].id, {}, call);
  await lab.project.idle();
  assert.deepEqual(await settle(), { activity: 'waiting', told: ['tree running'] });

  await deployUntilFailure(client, lab, id);
  assert.deepEqual(await settle(), { activity: 'idle', told: ['list 1', 'tree failed'] });

  await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'build' } }, call);
  await lab.project.idle();
  const later = await settle();
  assert.deepEqual(later.told.at(-1), 'list 2', 'a pipeline that somebody else started appears by itself');
  assert.ok(!later.told.some((line) => line.startsWith('tree')), 'the other one is not told again');

  watcher.close(id);
  assert.equal((await settle()).activity, 'idle');
});

test('a filter by branch is left to the server', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'build' } }, call);
  await lab.project.idle();
  const lists: number[] = [];
  const watcher = new PipelineWatcher({
    client,
    projectId: 1,
    onList: (pipelines) => lists.push(pipelines.length),
    onTree: () => undefined,
  });
  for (const ref of ['main', 'other', 'main']) {
    watcher.setFilter({ ref });
    await watcher.poll(call.signal);
  }
  assert.deepEqual(lists, [1, 0, 1]);
  assert.ok(lab.seen.some(({ path }) => path.endsWith('/pipelines?ref=other&page=1&per_page=20')));
});

test('the end of a pipeline that a filter hides is seen, at one request a poll', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'build' } }, call);
  await lab.project.idle();
  // GitLab aggregates job statuses in the background: for a while, the pipeline still appears as running.
  let isCounting = true;
  const { pipelines } = client;
  const counting: typeof pipelines = Object.create(pipelines, {
    show: {
      value: async (...args: Parameters<typeof pipelines.show>) => {
        const found = await pipelines.show(...args);
        return isCounting && found.id === id ? { ...found, status: 'running' } : found;
      },
    },
    list: { value: (...args: Parameters<typeof pipelines.list>) => pipelines.list(...args) },
  }) as typeof pipelines;
  const told: string[] = [];
  const watcher = new PipelineWatcher({
    client: { pipelines: counting, jobs: client.jobs },
    projectId: 1,
    onList: () => undefined,
    onTree: ({ state }) => told.push(state.status),
  });
  watcher.setFilter({ ref: 'other' });
  watcher.open(id);
  while ((await watcher.poll(call.signal)).isChanged);
  const before = lab.seen.length;
  assert.equal((await watcher.poll(call.signal)).isChanged, false);
  assert.equal(lab.seen.length - before, 1, 'one request');
  isCounting = false;
  assert.equal((await watcher.poll(call.signal)).isChanged, true);
  assert.deepEqual(told, ['running', 'success']);
});
