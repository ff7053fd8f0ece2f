import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PipelineNews } from '@omnia-buildstream/client/pipelines/view/pipelineNews';
import type { News } from '@omnia-buildstream/gitlab/poll/news';
import { childJobs, deployTree } from '../../support/gitlabModel.ts';

const running = deployTree('running', childJobs({ select_a: 'running' }));
const failed = deployTree('failed', childJobs({ select_a: 'success', deploy: 'failed' }));

function kinds(use: (news: PipelineNews) => void): string[] {
  const told: News[] = [];
  use(new PipelineNews((news) => told.push(news)));
  return told.map(({ kind }) => kind);
}

test('nothing is told of a pipeline that nobody watches', () => {
  const told = kinds((news) => {
    news.look(running);
    news.look(failed);
  });
  assert.deepEqual(told, []);
});

test('the end of a pipeline whose jobs were open while it ran is told, of one that was over before it is not', () => {
  const open = (shown: typeof running) =>
    kinds((news) => {
      news.watch(1, shown);
      news.watch(1, failed);
      news.look(failed);
    });
  assert.deepEqual(open(running), ['ended']);
  assert.deepEqual(open(failed), []);
});

test('a pipeline that was started here is told of even when it was never seen running', () => {
  const told = kinds((news) => {
    news.watchStarted(1);
    assert.deepEqual(news.open, [1]);
    news.look(failed);
    assert.deepEqual(news.open, []);
    news.look(failed);
  });
  assert.deepEqual(told, ['ended']);
});
