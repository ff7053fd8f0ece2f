import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  filterWords,
  isFiltering,
  noFilter,
  refsToOffer,
} from '@omnia-buildstream/client/pipelines/view/pipelineFilter';
import { pipeline } from '../../support/gitlabModel.ts';

test('a filter is told in the title of the view, and nothing is without one', () => {
  assert.equal(filterWords(noFilter), '');
  assert.ok(!isFiltering(noFilter));
  assert.equal(filterWords({ type: 'deploy', ref: 'main' }), 'deploy · main');
  assert.ok(isFiltering({ ...noFilter, ref: 'main' }));
});

test('the default branch comes first, and each branch or tag once', () => {
  const pipelines = ['v1', 'main', 'v1', 'test'].map((ref, index) => pipeline(index + 1, 'success', { ref }));
  assert.deepEqual(refsToOffer('main', pipelines), ['main', 'v1', 'test']);
  assert.deepEqual(refsToOffer(undefined, []), []);
});
