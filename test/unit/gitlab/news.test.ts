import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isWanted,
  newsOf,
  nothingSeen,
  type Loudness,
  type Memory,
  type News,
} from '@omnia-buildstream/gitlab/poll/news';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { childJobs, deployTree } from '../../support/gitlabModel.ts';

const choosing = deployTree('manual', childJobs({}));
const selecting = deployTree('running', childJobs({ select_a: 'running' }));
const deploying = deployTree('manual', childJobs({ select_a: 'success' }));
const restarting = deployTree('running', childJobs({ select_a: 'success', deploy: 'success', restart: 'running' }));
const over = { select_a: 'success', deploy: 'success', validate: 'skipped', summary: 'success' };
const failed = deployTree('failed', childJobs({ ...over, restart: 'failed' }));

/** The news reported for one state of the pipeline after another. */
function told(trees: readonly PipelineNode[], start?: Memory): string[] {
  let memory = start;
  return trees.flatMap((tree) => {
    const look = newsOf(memory, tree);
    memory = look.memory;
    return look.news === undefined ? [] : [words(look.news)];
  });
}

function words(news: News): string {
  return news.kind === 'waits' ? news.action.kind : `${news.tree.state.status} ${news.failed?.name ?? '-'}`;
}

/** The same run after a retry: the failed job has a new ID. */
function retried(restart: string, status: string): PipelineNode {
  const states = { ...over, ...(restart === 'success' ? { validate: 'success' } : {}), restart };
  const [first = '', ...rest] = childJobs(states);
  return deployTree(status, ['list@list:success', first, ...rest]);
}

test('each step that waits for a click is told once, and so is the end', () => {
  const looks = [choosing, choosing, selecting, deploying, deploying, restarting, failed, failed];
  assert.deepEqual(told(looks, nothingSeen), ['choose-image', 'play-deploy', 'failed restart']);
});

test('what is so already when the watching begins is no news', () => {
  assert.deepEqual(told([failed, failed]), []);
  assert.deepEqual(told([choosing, choosing, deploying]), ['play-deploy']);
});

test('a retry makes a new end, even when nobody looked while it ran', () => {
  assert.deepEqual(told([restarting, failed, retried('running', 'running'), retried('success', 'success')]), [
    'failed restart',
    'success -',
  ]);
  assert.deepEqual(told([restarting, failed, retried('failed', 'failed')]), ['failed restart', 'failed restart']);
});

test('a step that comes again after another one is not told again', () => {
  assert.deepEqual(told([selecting, choosing, selecting, choosing]), ['choose-image']);
});

test('jobs that are over in a pipeline that is still counted together are no end', () => {
  const settling = deployTree('running', childJobs({ ...over, restart: 'failed' }));
  assert.deepEqual(told([restarting, settling, failed]), ['failed restart']);
});

test('the setting decides what is wanted', () => {
  const ended = (tree: PipelineNode): News => ({ kind: 'ended', tree, failed: undefined });
  const waits = newsOf(nothingSeen, choosing).news;
  assert.ok(waits);
  const wanted = (loudness: Loudness) =>
    [ended(failed), ended(retried('success', 'success')), waits].map((news) => isWanted(news, loudness));
  assert.deepEqual(wanted('all'), [true, true, true]);
  assert.deepEqual(wanted('failures'), [true, false, false]);
  assert.deepEqual(wanted('none'), [false, false, false]);
});
