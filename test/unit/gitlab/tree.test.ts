import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildTree, type PipelineAnswers } from '@omnia-buildstream/gitlab/tree/build';
import { judgePlay } from '@omnia-buildstream/gitlab/actions/judgePlay';
import { findCleanupRun } from '@omnia-buildstream/gitlab/tree/cleanupRun';
import { findDeployRun, imageGroupOf } from '@omnia-buildstream/gitlab/tree/deployRun';
import { allPipelines, jobsOf } from '@omnia-buildstream/gitlab/tree/nodes';
import { typesOf } from '@omnia-buildstream/gitlab/tree/pipelineType';
import { bridge, childJobs, deployTree, job, pipeline } from '../../support/gitlabModel.ts';

test('children are nested two levels deep, in the order of their stages', () => {
  const tree = deployTree('manual', childJobs({}), { rootStatus: 'running' });
  assert.deepEqual(
    allPipelines(tree).map(({ pipeline: { id }, depth }) => [id, depth]),
    [
      [1, 0],
      [2, 1],
      [3, 2],
    ],
  );
  const child = allPipelines(tree)[2];
  assert.deepEqual(
    child?.stages.map(({ name, state }) => `${name}:${state.status}`),
    ['select_image:skipped', 'deploy:manual', 'restart:created', 'validate:created', 'summary:created'],
  );
});

test('a child that is not loaded yet appears with what its trigger job says', () => {
  const root = {
    pipeline: pipeline(1, 'running'),
    jobs: [],
    bridges: [bridge(2, 'child:running', 1, pipeline(3, 'pending'))],
  };
  const tree = buildTree(1, new Map([[1, root]]));
  const child = tree === undefined ? undefined : allPipelines(tree)[1];
  assert.deepEqual([child?.pipeline.id, child?.state.status, child?.isLoaded], [3, 'pending', false]);
});

test('a retried job is shown once, with its earlier tries under it and its stage in place', () => {
  const answers = {
    pipeline: pipeline(1, 'running'),
    jobs: [
      job(11, 'build:success', 1),
      job(12, 'restart@boot:failed', 1),
      job(13, 'check:skipped', 1),
      job(20, 'restart@boot:running', 1),
    ],
    bridges: [],
  };
  const tree = buildTree(1, new Map([[1, answers]]));
  assert.deepEqual(
    tree?.stages.map(({ name }) => name),
    ['build', 'boot', 'check'],
  );
  assert.ok(tree);
  const entry = tree.stages[1]?.entries[0];
  assert.ok(entry?.kind === 'job');
  assert.deepEqual([entry.job.id, entry.earlier.map(({ id }) => id)], [20, [12]]);
  assert.equal(tree.stages[1]?.state.status, 'running', 'the failed try does not count');
});

test('the stages of Omnia keep their order when the first tries are not listed', () => {
  const jobs = [
    job(50, 'restart:running', 3),
    job(34, 'validate:created', 3),
    job(30, 'select_a@select_image?:success', 3),
  ];
  const tree = buildTree(3, new Map([[3, { pipeline: pipeline(3, 'running'), jobs, bridges: [] }]]));
  assert.deepEqual(
    tree?.stages.map(({ name }) => name),
    ['select_image', 'restart', 'validate'],
  );
});

test('a third level is not followed, and a loop of children ends', () => {
  const self = pipeline(1, 'running');
  const answers = { pipeline: self, jobs: [], bridges: [bridge(2, 'again:running', 1, self)] };
  const tree = buildTree(1, new Map([[1, answers]]));
  assert.equal(tree === undefined ? 0 : allPipelines(tree).length, 3);
});

test('an unknown pipeline gives no tree', () => {
  assert.equal(buildTree(9, new Map()), undefined);
});

test('a pipeline that passed with an allowed failure says so', () => {
  const jobs = [job(1, 'lint?:failed', 1), job(2, 'build:success', 1)];
  const tree = buildTree(1, new Map([[1, { pipeline: pipeline(1, 'success'), jobs, bridges: [] }]]));
  assert.deepEqual(tree?.state, { status: 'success', hasWarnings: true });
});

test('the deploy run is found with its images, jobs and the list of images', () => {
  const run = findDeployRun(deployTree('manual', childJobs({ select_b: 'success' })));
  assert.equal(run?.node.pipeline.id, 3);
  assert.deepEqual(run.images.map(imageGroupOf), ['a', 'b']);
  assert.deepEqual([run.deploy?.name, run.restart?.name, run.validate?.name], ['deploy', 'restart', 'validate']);
  assert.equal(run.listImages?.name, 'list_images');
});

test('of several children the newest one counts', () => {
  const old = { pipeline: pipeline(3, 'failed'), jobs: [job(30, 'select_a@select_image?:manual', 3)], bridges: [] };
  const fresh = { pipeline: pipeline(4, 'manual'), jobs: [job(40, 'select_a@select_image?:manual', 4)], bridges: [] };
  const root = {
    pipeline: pipeline(1, 'running'),
    jobs: [],
    bridges: [bridge(10, 'child:failed', 1, old.pipeline), bridge(11, 'child:running', 1, fresh.pipeline)],
  };
  const tree = buildTree(
    1,
    new Map<number, PipelineAnswers>([
      [1, root],
      [3, old],
      [4, fresh],
    ]),
  );
  assert.ok(tree);
  assert.equal(findDeployRun(tree)?.node.pipeline.id, 4);
  assert.equal(jobsOf(tree).length, 0);
});

test('the type of a pipeline is told by its variable, its stages or its trigger jobs', () => {
  const deploy = deployTree('manual', childJobs({}));
  assert.deepEqual([...typesOf(deploy)], ['deploy']);
  assert.deepEqual([...typesOf(deploy, new Map([['PIPELINE_TYPE', 'cleanup']]))], ['cleanup']);
  const both = {
    pipeline: pipeline(1, 'running'),
    jobs: [],
    bridges: [
      bridge(2, 'trigger_build_pipeline@trigger:running', 1, undefined),
      bridge(3, 'trigger_deploy@trigger:pending', 1, undefined),
    ],
  };
  const tree = buildTree(1, new Map([[1, both]]));
  assert.ok(tree);
  assert.deepEqual([...typesOf(tree)].sort(), ['build', 'deploy']);
  const other = buildTree(
    1,
    new Map([[1, { pipeline: pipeline(1, 'success'), jobs: [job(5, 'lint:success', 1)], bridges: [] }]]),
  );
  assert.ok(other);
  assert.deepEqual([...typesOf(other)], []);
});

/** A router (1) with one child (2) below a trigger job with this name. */
function routed(trigger: string, jobs: readonly string[], more: readonly ReturnType<typeof bridge>[] = []) {
  const child = pipeline(2, 'running');
  const tree = buildTree(
    1,
    new Map<number, PipelineAnswers>([
      [
        1,
        {
          pipeline: pipeline(1, 'running'),
          jobs: [],
          bridges: [bridge(10, `${trigger}@pipeline_selection:running`, 1, child), ...more],
        },
      ],
      [2, { pipeline: child, jobs: jobs.map((text, index) => job(20 + index, text, 2)), bridges: [] }],
    ]),
  );
  assert.ok(tree);
  return tree;
}

const cleanupJobs = ['a-v1@select_image?:success', 'b-v1@select_image?:manual', 'cleanup:manual', 'summary:created'];
const cadenceJobs = [
  'initialization:success',
  'parse-catalog:success',
  'configure-local-repository:success',
  'build-images:success',
  'deploy:success',
  'restart:failed',
  'validate:skipped',
  'summary:failed',
];

test('a cleanup selects images too, and is no deploy', () => {
  for (const trigger of ['cleanup_pipeline', 'child']) {
    const tree = routed(trigger, cleanupJobs);
    assert.deepEqual([...typesOf(tree)], ['cleanup']);
    assert.equal(findDeployRun(tree), undefined);
    const run = findCleanupRun(tree);
    assert.deepEqual(
      [run?.node.pipeline.id, run?.images.map(({ name }) => name), run?.cleanup?.name],
      [2, ['a-v1', 'b-v1'], 'cleanup'],
    );
  }
});

test('what restarts nodes is a deploy, also when a job of it cleans up', () => {
  const tree = routed('deploy_pipeline', [
    ...cleanupJobs.slice(0, 2),
    'deploy:manual',
    'restart:created',
    'cleanup:created',
  ]);
  assert.equal(findCleanupRun(tree), undefined);
  assert.equal(findDeployRun(tree)?.deploy?.status, 'manual');
});

test('a cleanup is run only after an image group was selected, and one only', () => {
  const tree = (jobs: readonly string[]) => routed('cleanup_pipeline', jobs);
  const judged = (jobs: readonly string[], name: string) => {
    const root = tree(jobs);
    const found = allPipelines(root)
      .flatMap(jobsOf)
      .find((one) => one.name === name);
    assert.ok(found);
    const judgement = judgePlay(root, found);
    return judgement.allowed ? 'allowed' : judgement.reason;
  };
  assert.equal(judged(cleanupJobs, 'cleanup'), 'allowed');
  assert.equal(judged(cleanupJobs, 'b-v1'), 'image-already-chosen');
  const unselected = ['a-v1@select_image?:manual', 'cleanup:manual'];
  assert.equal(judged(unselected, 'cleanup'), 'choose-image-first');
  assert.equal(judged(unselected, 'a-v1'), 'allowed');
  assert.equal(judged(['a-v1@select_image?:running', 'cleanup:manual'], 'cleanup'), 'image-not-ready');
  assert.equal(judged(['a-v1@select_image?:failed', 'cleanup:manual'], 'cleanup'), 'image-failed');
});

test('a cadence is one, whatever its stages are called, and its restart can be retried', () => {
  const tree = routed('cadence', cadenceJobs);
  assert.deepEqual([...typesOf(tree)], ['cadence']);
  const run = findDeployRun(tree);
  assert.deepEqual([run?.node.pipeline.id, run?.images, run?.restart?.status], [2, [], 'failed']);
  assert.deepEqual(
    run?.node.stages.map(({ name }) => name),
    cadenceJobs.map((text) => text.split(':')[0]),
  );
});

test('a build is no deploy, although one of its stages may be called like one of theirs', () => {
  const tree = routed('build_pipeline', ['parse-catalog:success', 'build-images:running', 'summary:created']);
  assert.deepEqual([...typesOf(tree)], ['build']);
  assert.equal(findDeployRun(tree), undefined);
});
