import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeFailedNodes } from '@omnia-buildstream/core/failedNodes/merge';
import type { FailedNode, FailedNodes } from '@omnia-buildstream/core/failedNodes/types';

function entry(number: number, status = 'failed', message = 'm'): FailedNode {
  const bmcIp = `10.6.0.${String(number)}`;
  return { bmcIp, hostname: `cn-${String(number)}`, serviceTag: '', status, message, failureStage: undefined };
}

function file(entries: readonly FailedNode[], changes: Partial<FailedNodes> = {}): FailedNodes {
  const head = { shape: '2.2', jobId: 'job-1', stageName: 'restart', timestamp: '2026-04-10T16:00:00Z' } as const;
  return { ...head, totalNodes: entries.length, failureCount: entries.length, entries, ...changes };
}

function merge(...files: readonly FailedNodes[]) {
  return mergeFailedNodes(files.map((one, index) => ({ name: `shard-${String(index + 1)}`, file: one })));
}

test('the lists of shards become one, with counts and the time of the last', () => {
  const later = '2026-04-10T17:00:00Z';
  const { merged, notices } = merge(file([entry(1), entry(3)], { timestamp: later }), file([]), file([entry(2)]));
  assert.deepEqual(
    merged.entries.map(({ hostname }) => hostname),
    ['cn-1', 'cn-3', 'cn-2'],
  );
  assert.deepEqual([merged.jobId, merged.totalNodes, merged.failureCount], ['job-1', 3, 3]);
  assert.equal(merged.timestamp, later);
  assert.deepEqual(notices, []);
});

test('a node with different status stays on the list as not booted, and the conflict is told', () => {
  for (const files of [
    [file([entry(1, 'success')]), file([entry(1, 'failed', 'kept')])],
    [file([entry(1, 'failed', 'kept')]), file([entry(1, 'success')])],
  ]) {
    const { merged, notices } = merge(...files);
    assert.deepEqual(
      [merged.entries.length, merged.entries[0]?.status, merged.entries[0]?.message],
      [1, 'failed', 'kept'],
    );
    assert.equal(merged.failureCount, 1);
    const [notice] = notices;
    assert.ok(notice?.kind === 'conflicting-status');
    assert.deepEqual(notice.statuses.map(({ status }) => status).sort(), ['failed', 'success']);
  }
});

test('a node twice with the same status is there once, without a word', () => {
  const { merged, notices } = merge(file([entry(1, 'failed', 'old')]), file([entry(1, 'failed', 'new')]));
  assert.deepEqual([merged.entries.map(({ message }) => message), notices], [['new'], []]);
});

test('marked nodes stay on the list and do not count as failures', () => {
  const { merged } = merge(file([entry(1, 'success')]), file([entry(2)]));
  assert.deepEqual([merged.totalNodes, merged.failureCount], [2, 1]);
});

test('files of other jobs, or of none, are told', () => {
  const { notices, merged } = merge(file([]), file([], { jobId: 'job-2' }), file([], { jobId: undefined }));
  assert.equal(merged.jobId, 'job-1');
  assert.deepEqual(notices, [
    { kind: 'several-jobs', jobIds: ['job-1', 'job-2'] },
    { kind: 'no-job', files: ['shard-3'] },
  ]);
});

test('no two files lose an entry: every bmc_ip of any file is in the result', () => {
  const lists = [[1, 2, 3], [3, 4], [], [2, 5, 1]];
  const { merged } = merge(...lists.map((numbers) => file(numbers.map((number) => entry(number)))));
  assert.deepEqual(
    merged.entries.map(({ bmcIp }) => bmcIp).sort(),
    [1, 2, 3, 4, 5].map((number) => `10.6.0.${String(number)}`),
  );
});
