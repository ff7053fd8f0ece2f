import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { failedListOf, nodesIn, type FailedList } from '@omnia-buildstream/core/plan/failedList';
import { laterList } from '@omnia-buildstream/core/plan/laterList';
import { readToldList, renderToldList, type ToldList } from '@omnia-buildstream/core/plan/toldList';

const job = '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10';
const other = '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c11';

function listOf(jobId: string, timestamp: string, entries: Readonly<Record<string, string>>): FailedList {
  const nodes = Object.entries(entries).map(([bmc_ip, status]) => ({ bmc_ip, status }));
  return failedListOf(JSON.stringify({ job_id: jobId, timestamp, failed_nodes: nodes }), job);
}

const failure = (bmcIp: string) => ({
  bmcIp,
  hostname: '',
  serviceTag: '',
  status: 'failed',
  message: 'm',
  failureStage: undefined,
  verificationState: undefined,
});
const told: ToldList = {
  jobId: job,
  at: '2026-04-11T00:00:00Z',
  afterList: `${job} T1`,
  known: new Set(['a', 'b', 'c']),
  failed: [failure('a'), failure('b')],
};

function statuses(list: FailedList): Record<string, string> {
  return Object.fromEntries(nodesIn(list)?.entries.map(({ bmcIp, status }) => [bmcIp, status]) ?? []);
}

suite('what the management server told of a run, and the list in the project', () => {
  const before = listOf(job, 'T1', { b: 'failed', c: 'failed', a: 'success' });

  for (const [title, list, given, expected] of [
    ['the list from before the run is history, but marks in it count', before, told, { a: 'success', b: 'failed' }],
    ['a list that was written since is of a later run', listOf(job, 'T2', { c: 'failed' }), told, { c: 'failed' }],
    [
      'no list then and now',
      failedListOf(undefined, job),
      { ...told, afterList: 'none' },
      { a: 'failed', b: 'failed' },
    ],
    ['no list then, one now', before, { ...told, afterList: 'none' }, { a: 'success', b: 'failed', c: 'failed' }],
    ['a list that was removed since', failedListOf(undefined, job), told, { a: 'failed', b: 'failed' }],
    ['a list of another job tells nothing', listOf(other, 'T9', { c: 'failed' }), told, { a: 'failed', b: 'failed' }],
    [
      'what was told of another job tells nothing',
      before,
      { ...told, jobId: other },
      { a: 'success', b: 'failed', c: 'failed' },
    ],
    [
      'nobody knows which came first',
      before,
      { ...told, afterList: undefined },
      { a: 'success', b: 'failed', c: 'failed' },
    ],
    ['nothing was told', before, undefined, { a: 'success', b: 'failed', c: 'failed' }],
  ] as const) {
    test(title, () => {
      assert.deepEqual(statuses(laterList(list, given, job)), expected);
    });
  }

  test('a list that cannot be read stays one: the stage would fail on it', () => {
    assert.equal(laterList(failedListOf('{', job), { ...told, afterList: undefined }, job).kind, 'broken');
  });

  test('comes back from its file as it was', () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const some = fc.record(
      {
        jobId: fc.constant(job),
        at: fc.constant('2026-04-11T00:00:00Z'),
        afterList: fc.option(fc.constantFrom('none', 'j T'), { nil: undefined }),
        known: fc.array(text).map((known) => new Set(known)),
        failed: fc.array(text.map(failure)),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(some, (given) => {
        assert.deepEqual(readToldList(renderToldList(given)), given);
      }),
    );
    for (const broken of [undefined, '', '{', '[]', '{"known": []}']) assert.equal(readToldList(broken), undefined);
  });
});
