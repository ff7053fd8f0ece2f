import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgePlay } from '@omnia-buildstream/gitlab/actions/judgePlay';
import { judgeRetryJob, judgeRetryPipeline } from '@omnia-buildstream/gitlab/actions/judgeRetry';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import { expiredArtifacts, otherPipelines, staleFailedNodes } from '@omnia-buildstream/gitlab/actions/warnings';
import { buildTree } from '@omnia-buildstream/gitlab/tree/build';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import { allPipelines, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { bridge, childJobs, deployTree, job, pipeline } from '../../support/gitlabModel.ts';

/** The action in a few words. */
function said(tree: PipelineNode): string {
  const action = nextAction(tree);
  const names = (jobs: readonly { name: string }[]) => jobs.map(({ name }) => name).join(',');
  switch (action.kind) {
    case 'wait':
      return `wait ${names(action.on)}`;
    case 'choose-image':
    case 'retry-image':
      return `${action.kind} ${String(action.pipelineId)} ${names(action.images)}`;
    case 'play-deploy':
      return `play-deploy ${action.image.name}`;
    case 'play':
      return `play ${names(action.jobs)}`;
    case 'retry-downstream':
    case 'retry-pipeline':
      return `${action.kind} ${String(action.pipelineId)} ${names(action.jobs)}`;
    case 'hidden':
      return `hidden ${action.pipelineIds.join()}`;
    case 'done':
      return `done ${action.status}`;
  }
}

const passed = { select_a: 'success', deploy: 'success' };
const cases: readonly [situation: string, tree: PipelineNode, action: string][] = [
  [
    'the images are being listed',
    deployTree('running', [], { parentJobs: ['list_images:running'] }),
    'wait list_images',
  ],
  [
    'the child has just appeared',
    deployTree('manual', childJobs({}), { rootStatus: 'running' }),
    'choose-image 3 select_a,select_b',
  ],
  ['an image is being selected', deployTree('running', childJobs({ select_a: 'running' })), 'wait select_a'],
  ['an image is selected', deployTree('manual', childJobs({ select_a: 'success' })), 'play-deploy select_a'],
  ['selecting failed', deployTree('manual', childJobs({ select_a: 'failed' })), 'choose-image 3 select_b'],
  [
    'selecting failed for all',
    deployTree('manual', childJobs({ select_a: 'failed', select_b: 'failed' })),
    'retry-image 3 select_a,select_b',
  ],
  ['deploy runs', deployTree('running', childJobs({ select_a: 'success', deploy: 'running' })), 'wait deploy'],
  [
    'nodes did not boot',
    deployTree('failed', childJobs({ ...passed, restart: 'failed', validate: 'skipped', summary: 'success' })),
    'retry-downstream 3 restart',
  ],
  [
    'the retry runs',
    deployTree('running', childJobs({ ...passed, restart: 'pending', summary: 'success' })),
    'wait restart',
  ],
  [
    'all is well',
    deployTree('success', childJobs({ ...passed, restart: 'success', validate: 'success', summary: 'success' })),
    'done success',
  ],
  [
    'the list of images failed',
    deployTree('failed', [], { parentJobs: ['list_images:failed'] }),
    'retry-downstream 2 list_images',
  ],
];
for (const [situation, tree, action] of cases) {
  test(`when ${situation}: ${action}`, () => {
    assert.equal(said(tree), action);
  });
}

test('a web run without a type offers its buttons', () => {
  const bridges = ['build', 'deploy', 'cleanup'].map((type, index) =>
    bridge(2 + index, `${type}@trigger?:manual`, 1, undefined),
  );
  const tree = buildTree(1, new Map([[1, { pipeline: pipeline(1, 'skipped'), jobs: [], bridges }]]));
  assert.ok(tree);
  assert.equal(said(tree), 'play build,deploy,cleanup');
});

function play(states: Readonly<Record<string, string>>, name: string): string {
  const tree = deployTree('manual', childJobs(states));
  const found = findDeployRun(tree)?.node.stages.flatMap(({ entries }) => entries);
  const entry = found?.find((one) => one.kind === 'job' && one.job.name === name);
  assert.ok(entry?.kind === 'job');
  const judgement = judgePlay(tree, entry.job);
  return judgement.allowed ? 'allowed' : judgement.reason;
}

test('Play is refused out of order, with the reason', () => {
  assert.equal(play({}, 'select_a'), 'allowed');
  assert.equal(play({}, 'deploy'), 'choose-image-first');
  assert.equal(play({ select_a: 'running' }, 'deploy'), 'image-not-ready');
  assert.equal(play({ select_a: 'failed' }, 'deploy'), 'image-failed');
  assert.equal(play({ select_a: 'success' }, 'deploy'), 'allowed');
  assert.equal(play({ select_a: 'success' }, 'select_b'), 'image-already-chosen');
  assert.equal(play({ select_a: 'pending' }, 'select_b'), 'image-already-chosen');
  assert.equal(play({ select_a: 'failed' }, 'select_b'), 'allowed');
  assert.equal(play({ select_a: 'success' }, 'select_a'), 'not-manual');
  assert.equal(play({ select_a: 'success', deploy: 'running' }, 'deploy'), 'not-manual');
});

test('a trigger job is never retried: that would make a new child', () => {
  assert.deepEqual(judgeRetryJob(bridge(1, 'child:failed', 1, undefined)), { allowed: false, reason: 'is-bridge' });
  assert.equal(judgeRetryJob(job(1, 'restart:failed', 1)).allowed, true);
  assert.deepEqual(judgeRetryJob(job(1, 'restart:running', 1)), { allowed: false, reason: 'still-active' });
});

test('a pipeline is retried only when it is still and something failed', () => {
  const child = (tree: PipelineNode) => judgeRetryPipeline(allPipelines(tree)[2] ?? tree);
  assert.deepEqual(child(deployTree('running', childJobs({ ...passed, restart: 'failed', summary: 'running' }))), {
    allowed: false,
    reason: 'still-active',
  });
  assert.deepEqual(child(deployTree('success', childJobs({ ...passed, restart: 'success' }))), {
    allowed: false,
    reason: 'nothing-failed',
  });
});

test('warnings: another deploy run, artifacts that are gone, a file that is of another run', () => {
  const now = Date.UTC(2026, 3, 10, 15);
  const tree = deployTree('failed', childJobs({ ...passed, restart: 'failed' }));
  assert.deepEqual(
    otherPipelines([
      { pipeline: pipeline(6, 'running'), types: undefined },
      { pipeline: pipeline(7, 'running'), types: new Set(['deploy', 'build']) },
      { pipeline: pipeline(8, 'success'), types: new Set(['deploy']) },
      { pipeline: pipeline(9, 'running'), types: new Set() },
      { pipeline: pipeline(10, 'manual'), types: new Set(['cleanup']) },
      { pipeline: pipeline(11, 'pending'), types: new Set(['cadence']) },
    ]).map((warning) => 'pipeline' in warning && `${warning.kind} ${String(warning.pipeline.id)}`),
    ['another-deploy 6', 'another-deploy 7', 'another-pipeline 10'],
    'a cadence is more than a warning',
  );
  assert.deepEqual(expiredArtifacts(tree, now), []);
  const timed = buildTree(
    3,
    new Map([
      [
        3,
        {
          pipeline: pipeline(3, 'failed'),
          jobs: [
            job(30, 'select_a@select_image?:success', 3, { finished_at: '2026-04-10T12:00:00Z' }),
            job(31, 'restart:failed', 3, { started_at: '2026-04-10T12:10:00Z' }),
          ],
          bridges: [],
        },
      ],
    ]),
  );
  assert.ok(timed);
  assert.deepEqual(
    expiredArtifacts(timed, now).map(({ kind }) => kind),
    ['artifacts-expired'],
  );
  const facts = { jobId: 'x', runJobId: 'y', writtenMs: Date.UTC(2026, 3, 10, 11) };
  assert.deepEqual(
    staleFailedNodes(timed, facts).map(({ kind }) => kind),
    ['other-job', 'older-than-restart'],
  );
  assert.deepEqual(staleFailedNodes(timed, { jobId: undefined, runJobId: 'y', writtenMs: now }), []);
});
