import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  childrenOf,
  contextOf,
  jobOf,
  runElement,
  runToRetry,
  type PipelineElement,
} from '@omnia-buildstream/client/pipelines/view/pipelineElements';
import { buildTree } from '@omnia-buildstream/gitlab/tree/build';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { bridge, childJobs, deployTree, job, pipeline } from '../../support/gitlabModel.ts';

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

test('a pipeline has the jobs of its children right below it, without what only leads to them', () => {
  const root = tree('select_a@select_image?:manual', 'deploy:manual');
  const elements = all(runElement(root.pipeline, root));
  const ids = elements.map(({ id }) => id);
  assert.deepEqual(ids, ['pipeline-1', 'job-20', 'job-21']);
  assert.ok(elements.every((element) => element.kind === 'more' || element.rootId === 1));
});

test('only what can be done is offered: Play on manual jobs, retries on what failed, never on a trigger job', () => {
  const root = tree('select_a@select_image:success', 'deploy:success', 'restart:failed', 'extra?:manual');
  const contexts = new Map(all(runElement(root.pipeline, root)).map((element) => [element.id, contextOf(element)]));
  assert.equal(contexts.get('pipeline-1'), 'pipeline');
  assert.equal(contexts.get('job-22'), 'job retryable');
  assert.equal(contexts.get('job-23'), 'job playable configurable');
});

test('of a run that failed the child is tried again, and images that were not chosen are folded away', () => {
  const jobs = childJobs({ select_a: 'success', deploy: 'success', restart: 'failed', validate: 'skipped' });
  const root = deployTree('failed', jobs);
  const run = runElement(root.pipeline, root);
  assert.match(contextOf(run), /^pipeline retryable recoverable$/);
  assert.equal(runToRetry(run)?.pipeline.id, 3);
  const [folded] = childrenOf(run).filter(({ kind }) => kind === 'folded');
  assert.ok(folded);
  assert.deepEqual(
    childrenOf(folded).map((element) => (element.kind === 'job' ? jobOf(element.entry).name : '')),
    ['select_b'],
  );
});
