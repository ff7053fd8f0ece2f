import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { failedListOf } from '@omnia-buildstream/core/plan/failedList';

const jobId = '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10';

suite('failed_nodes.json before a restart', () => {
  test('is its own when it names this job, whatever the case of the id', () => {
    assert.equal(kindOf({ job_id: jobId.toUpperCase(), failed_nodes: [] }), 'own');
  });

  test('that names no job is told apart, because nobody can say whose it is', () => {
    assert.equal(kindOf({ failed_nodes: [] }), 'no-job');
    assert.equal(kindOf({ job_id: '', failed_nodes: [] }), 'no-job');
  });

  test('of another job tells nothing of this one', () => {
    assert.deepEqual(failedListOf(JSON.stringify({ job_id: 'other' }), jobId), { kind: 'other-job', jobId: 'other' });
  });

  test('is broken when the stage would fail on it', () => {
    assert.equal(kindOf({ failed_nodes: [{ status: 'failed' }] }), 'broken');
    assert.equal(failedListOf('{', jobId).kind, 'broken');
    assert.equal(failedListOf(undefined, jobId).kind, 'missing');
  });

  function kindOf(value: unknown): string {
    return failedListOf(JSON.stringify(value), jobId).kind;
  }
});
