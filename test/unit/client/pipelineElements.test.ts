import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  childrenOf,
  contextOf,
  runElement,
  type PipelineElement,
} from '@omnia-buildstream/client/pipelines/view/pipelineElements';
import { attentionOf } from '@omnia-buildstream/client/pipelines/view/summary';
import { buildTree } from '@omnia-buildstream/gitlab/tree/build';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { bridge, job, pipeline } from '../../support/gitlabModel.ts';

function tree(...childJobs: readonly string[]): PipelineNode {
  const child = pipeline(2, 'running');
  const found = buildTree(
    1,
    new Map([
      [1, { pipeline: pipeline(1, 'running'), jobs: [], bridges: [bridge(10, 'trigger_deploy:running', 1, child)] }],
      [2, { pipeline: child, jobs: childJobs.map((text, index) => job(20 + index, text, 2)), bridges: [] }],
    ]),
  );
  assert.ok(found);
  return found;
}

function all(element: PipelineElement): PipelineElement[] {
  return [element, ...childrenOf(element).flatMap(all)];
}

test('a child pipeline lies below its trigger job, and everything has an id of its own', () => {
  const root = tree('select_a@select_image?:manual', 'deploy:manual');
  const elements = all(runElement(root.pipeline, root));
  const ids = elements.map(({ id }) => id);
  assert.deepEqual(ids, [
    'pipeline-1',
    'pipeline-1/trigger_deploy',
    'job-10',
    'pipeline-2',
    'pipeline-2/select_image',
    'job-20',
    'pipeline-2/deploy',
    'job-21',
  ]);
  assert.ok(elements.every((element) => element.kind === 'more' || element.rootId === 1));
});

test('only what can be done is offered: Play on manual jobs, retries on what failed, never on a trigger job', () => {
  const root = tree('select_a@select_image:success', 'deploy:success', 'restart:failed', 'extra?:manual');
  const contexts = new Map(all(runElement(root.pipeline, root)).map((element) => [element.id, contextOf(element)]));
  assert.equal(contexts.get('pipeline-1'), 'pipeline');
  assert.equal(contexts.get('pipeline-2'), 'pipeline child retryable');
  assert.equal(contexts.get('job-10'), 'job');
  assert.equal(contexts.get('job-22'), 'job retryable');
  assert.equal(contexts.get('job-23'), 'job playable configurable');
});

test('the badge counts pipelines that wait for a click, and the newest one when it failed', () => {
  const waiting = tree('select_a@select_image?:manual', 'deploy:manual');
  const list = [pipeline(3, 'failed'), waiting.pipeline, pipeline(0, 'failed')];
  assert.deepEqual(attentionOf(list, new Map([[1, waiting]])), { waiting: 1, failed: 1 });
  assert.deepEqual(attentionOf([pipeline(5, 'manual'), pipeline(4, 'failed')], new Map()), { waiting: 1, failed: 0 });
  assert.deepEqual(attentionOf([], new Map()), { waiting: 0, failed: 0 });
});
