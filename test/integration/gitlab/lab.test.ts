import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import { allPipelines, bridgesOf } from '@omnia-buildstream/gitlab/tree/nodes';
import type { JobHandler } from '@omnia-buildstream/lab/gitlab/ci/handler';
import { call, connect, deployUntilFailure, goodToken, startLab, treeOf } from '../../support/gitlabLab.ts';

const deploy = { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } };

/** Sends a request to the lab without the client. */
async function ask(origin: string, method: string, path: string, headers: Record<string, string> = {}) {
  return fetch(`${origin}/api/v4${path}`, { method, headers: { authorization: `Bearer ${goodToken}`, ...headers } });
}

test('a retry of the trigger job makes a new child with the images to be chosen again, as on GitLab', async (t) => {
  const lab = await startLab(t, { isPlain: true });
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, deploy, call);
  await deployUntilFailure(client, lab, id);
  const before = await treeOf(client, lab, id);
  const bridge = bridgesOf(allPipelines(before)[1] ?? before)[0]?.bridge;
  assert.ok(bridge?.downstream);
  assert.equal((await ask(lab.origin, 'POST', `/projects/1/jobs/${String(bridge.id)}/retry`)).status, 201);
  const after = await treeOf(client, lab, id);
  const action = nextAction(after);
  assert.equal(action.kind, 'choose-image');
  assert.notEqual(allPipelines(after)[2]?.pipeline.id, bridge.downstream.id);
});

test('after two hours a retry fails because the artifacts are missing', async (t) => {
  let offsetMs = 0;
  const clock = {
    now: () => new Date(Date.now() + offsetMs),
    sleep: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
  const lab = await startLab(t, { isPlain: true, clock });
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, deploy, call);
  const choose = nextAction(await treeOf(client, lab, id));
  assert.ok(choose.kind === 'choose-image' && choose.images[0] !== undefined);
  await client.jobs.play(1, choose.images[0].id, {}, call);
  const next = nextAction(await treeOf(client, lab, id));
  assert.ok(next.kind === 'play-deploy');
  offsetMs = 3 * 60 * 60 * 1000;
  await client.jobs.play(1, next.job.id, {}, call);
  await lab.project.idle();
  const job = await client.jobs.show(1, next.job.id, call);
  assert.deepEqual([job.status, job.failureReason], ['failed', 'missing_dependency_failure']);
});

test('HEAD tells about a file, an unchanged answer is a 304, and a cancel does not exist', async (t) => {
  const lab = await startLab(t, { isPlain: true });
  const file = '/projects/root%2Fomnia/repository/files/input%2Fpxe_mapping_file.csv?ref=main';
  const head = await ask(lab.origin, 'HEAD', file);
  const { lastCommitId, sizeBytes } = await connect(t, lab).files.show(1, 'input/pxe_mapping_file.csv', 'main', call);
  assert.equal(head.headers.get('x-gitlab-last-commit-id'), lastCommitId);
  assert.equal(head.headers.get('x-gitlab-size'), String(sizeBytes));
  const raw = await ask(lab.origin, 'GET', file.replace('?', '/raw?'));
  assert.equal((await raw.text()).length, sizeBytes);
  const first = await ask(lab.origin, 'GET', file);
  const again = await ask(lab.origin, 'GET', file, { 'if-none-match': first.headers.get('etag') ?? '' });
  assert.equal(again.status, 304);
  for (const path of ['/projects/1/pipelines/1/cancel', '/projects/1/jobs/1/cancel']) {
    assert.equal((await ask(lab.origin, 'POST', path)).status, 404);
  }
});

test('another handler can do the work of the jobs', async (t) => {
  const seen: string[] = [];
  const handler: JobHandler = {
    run: async (job) => {
      const { name, sha, variables } = job;
      seen.push(name);
      const bytes = (await job.read('catalog_rhel.json', sha))?.length;
      job.write(`${name}: ${String(bytes)} bytes, type ${String(variables.get('PIPELINE_TYPE'))}\n`);
      if (name === 'deploy') throw new Error('the handler broke');
      return { status: 'success', artifacts: { imageGroups: ['one'], variables: { IMAGE_GROUP_ID: 'one' } } };
    },
  };
  const lab = await startLab(t, { isPlain: true, handler });
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, deploy, call);
  const action = await deployUntilFailure(client, lab, id);
  assert.ok(action.kind === 'retry-downstream');
  assert.deepEqual(seen, ['list_images', 'select_one', 'deploy', 'summary']);
  const { chunks } = await client.jobs.trace(1, action.jobs[0]?.id ?? 0, call);
  let log = '';
  for await (const chunk of chunks) log += Buffer.from(chunk).toString();
  assert.match(log, /deploy: 58 bytes, type undefined\n.*the handler broke/s, 'pipeline variables are not forwarded');
});
