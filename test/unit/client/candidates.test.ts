import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobsFor, pagesOf, runsToRetry } from '@omnia-buildstream/client/pipelines/view/candidates';
import { jobOf, type JobElement } from '@omnia-buildstream/client/pipelines/view/pipelineElements';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { buildTree } from '@omnia-buildstream/gitlab/tree/build';
import { childJobs, deployTree, job, pipeline } from '../../support/gitlabModel.ts';

const names = (jobs: readonly JobElement[]) => jobs.map(({ entry }) => jobOf(entry).name);

function single(id: number, status: string, ...jobs: readonly string[]): PipelineNode {
  const one = pipeline(id, status, { web_url: `https://gitlab.invalid/p/${String(id)}` });
  const made = jobs.map((text, index) => job(id * 100 + index, text, id, { started_at: '2026-01-01T00:00:00Z' }));
  const tree = buildTree(id, new Map([[id, { pipeline: one, jobs: made, bridges: [] }]]));
  assert.ok(tree);
  return tree;
}

test('Play is offered in the right order: images first, then deploy, and no second image', () => {
  const fresh = deployTree('manual', childJobs({}));
  assert.deepEqual(names(jobsFor('play', [fresh])), ['select_a', 'select_b']);
  const chosen = deployTree('manual', childJobs({ select_a: 'success' }));
  assert.deepEqual(names(jobsFor('play', [chosen])), ['deploy']);
  assert.deepEqual(names(jobsFor('play', [deployTree('running', childJobs({ select_a: 'running' }))])), []);
});

test('variables are not offered on trigger jobs', () => {
  const tree = single(7, 'manual', 'build:manual');
  const [stage] = tree.stages;
  assert.ok(stage);
  const [entry] = stage.entries;
  assert.ok(entry?.kind === 'job');
  const bridge = { kind: 'bridge' as const, bridge: { ...entry.job, kind: 'bridge' as const, downstream: undefined } };
  const withBridge = { ...tree, stages: [{ ...stage, entries: [{ ...bridge, earlier: [], child: undefined }] }] };
  assert.deepEqual(names(jobsFor('play', [withBridge])), ['build']);
  assert.deepEqual(names(jobsFor('play-with-variables', [withBridge])), []);
  assert.deepEqual(names(jobsFor('play-with-variables', [tree])), ['build']);
});

test('jobs that are over can be retried, never a trigger job; the failed child pipeline, not the ones above it', () => {
  const failed = deployTree(
    'failed',
    childJobs({ select_a: 'success', deploy: 'success', restart: 'failed', validate: 'skipped', summary: 'skipped' }),
  );
  assert.deepEqual(names(jobsFor('retry', [failed])), ['list_images', 'select_a', 'deploy', 'restart']);
  assert.deepEqual(
    runsToRetry([failed]).map(({ pipeline: { id }, rootId }) => [id, rootId]),
    [[3, 1]],
  );
  assert.deepEqual(runsToRetry([deployTree('running', childJobs({ restart: 'running' }))]), []);
});

test('logs are those of jobs that have begun, those of the newest pipeline first', () => {
  const newer = single(9, 'failed', 'b:failed');
  const older = single(8, 'failed', 'a:failed');
  assert.deepEqual(names(jobsFor('log', [newer, older])), ['b', 'a']);
  assert.deepEqual(names(jobsFor('log', [deployTree('manual', childJobs({}))])), []);
});

test('pages are those of all pipelines, and of the jobs of those that were looked at', () => {
  const tree = single(9, 'failed', 'b:failed');
  const done = pipeline(8, 'success', { web_url: 'https://gitlab.invalid/p/8' });
  const pages = pagesOf([tree.pipeline, done, pipeline(7, 'success')], [tree]);
  assert.deepEqual(
    pages.map(({ id }) => id),
    ['pipeline-9', 'pipeline-8'],
  );
});
