import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  historyLine,
  type HistoryRecord,
  type NodeInPlan,
  type RunBegun,
} from '@omnia-buildstream/core/history/historyRecord';
import { runHistoryOf, type RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { marksOf } from '@omnia-buildstream/core/history/listMarks';
import { momentsOf, slowestOf, timelineOf } from '@omnia-buildstream/core/history/timeline';
import { reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import { stepRecords } from '@omnia-buildstream/runner/history/stepRecords';
import { fc } from '../../support/properties/fastCheck.ts';

const start = Date.parse('2026-04-10T16:00:00.000Z');
const time = (seconds: number): string => new Date(start + seconds * 1_000).toISOString();

function begun(nodes: readonly NodeInPlan[], changes: Partial<RunBegun> = {}): RunBegun {
  const by = { user: 'ada', host: 'desk', program: 'editor', version: '1.0', gitlabUser: '' };
  const names = {
    run: 'r',
    stage: 'restart',
    backend: 'direct',
    imageGroup: 'G',
    jobId: '',
    server: '',
    subject: '',
    shown: [],
  };
  return { type: 'run', at: time(0), ...names, by, mapping: undefined, plan: '', answers: [], nodes, ...changes };
}

const node = (n: number, changes: Partial<NodeInPlan> = {}): NodeInPlan => {
  return { bmcIp: `10.6.0.${String(n)}`, hostname: `cn-${String(n)}`, action: 'run', why: 'new', ...changes };
};

function history(file: string, ...records: readonly HistoryRecord[]): RunHistory {
  const run = runHistoryOf(file, records.map((record) => historyLine(record, (text) => text)).join(''));
  assert.ok(run);
  return run;
}

const step = (n: number, name: string, at: number): HistoryRecord => {
  return { type: 'step', at: time(at), bmcIp: `10.6.0.${String(n)}`, step: name };
};
const ended = (n: number, status: 'success' | 'failed' | 'left', at: number): HistoryRecord => {
  const names = { bmcIp: `10.6.0.${String(n)}`, hostname: `cn-${String(n)}` };
  return { type: 'node', at: time(at), ...names, status, message: status, advice: '' };
};
const end = (at: number): HistoryRecord => {
  return { type: 'end', at: time(at), outcome: 'failed', stopped: '', summary: '1 booted, 1 failed' };
};

const nodes = [node(1), node(2), node(3, { action: 'leave', why: reasonTexts.marked })];
const run = history(
  'a',
  begun(nodes),
  step(1, 'reach', 0),
  step(1, 'report', 10),
  step(2, 'reach', 5),
  ended(1, 'success', 70),
  ended(2, 'failed', 20),
  end(71),
);

test('a run becomes a bar with its nodes, their steps, who ran it, and whom somebody had marked', () => {
  const [one] = timelineOf([run]).tries;
  assert.ok(one);
  assert.deepEqual(
    [one.from, one.to, one.number, one.outcome, one.by.user],
    [start, start + 71_000, 1, 'failed', 'ada'],
  );
  assert.deepEqual(one.counts, { succeeded: 1, failed: 1, left: 0, untold: 0 });
  assert.deepEqual(one.marked, ['cn-3']);
  const told = one.nodes.map(({ hostname, status, steps }) => {
    return [hostname, status, steps.map((span) => [span.step, (span.from - start) / 1_000, (span.to - start) / 1_000])];
  });
  assert.deepEqual(told, [
    [
      'cn-1',
      'success',
      [
        ['reach', 0, 10],
        ['report', 10, 70],
      ],
    ],
    ['cn-2', 'failed', [['reach', 5, 20]]],
  ]);
  assert.deepEqual(
    slowestOf(one, 1).map(({ hostname }) => hostname),
    ['cn-1'],
  );
});

test('the same stage for the same image group again is the next try, in whatever order the files are read', () => {
  const later = history('b', begun(nodes, { at: time(100) }), end(150));
  const other = history('c', begun(nodes, { at: time(200), imageGroup: 'H' }), end(250));
  const stage = history('d', begun(nodes, { at: time(300), stage: 'validate' }), end(350));
  const { tries } = timelineOf([stage, later, other, run]);
  assert.deepEqual(
    tries.map(({ file, number }) => [file, number]),
    [
      ['a', 1],
      ['b', 2],
      ['c', 1],
      ['d', 1],
    ],
  );
});

test('a run that has not ended, or was killed, is as long as anything is told of it', () => {
  const [one] = timelineOf([history('a', begun(nodes), step(1, 'reach', 1), step(1, 'reset', 9))]).tries;
  assert.ok(one);
  assert.deepEqual([one.outcome, one.to], ['open', start + 9_000]);
  assert.deepEqual(
    one.nodes.map(({ status, to }) => [status, to]),
    [['open', start + 9_000]],
  );
  const [empty] = timelineOf([history('a', begun([]))]).tries;
  assert.deepEqual([empty?.from, empty?.to, empty?.nodes], [start, start, []]);
});

test('histories of before steps were told have a node from its reset to its end', () => {
  const reset: HistoryRecord = { type: 'reset', at: time(5), bmcIp: '10.6.0.1', kind: 'ForceRestart' };
  const [one] = timelineOf([history('a', begun(nodes), reset, ended(1, 'success', 65), end(66))]).tries;
  assert.deepEqual(one?.nodes[0]?.steps, [{ step: '', from: start + 5_000, to: start + 65_000 }]);
});

const record = fc.oneof(
  fc
    .record({ n: fc.integer({ min: 1, max: 6 }), at: fc.nat(500), name: fc.constantFrom('reach', 'reset', 'report') })
    .map(({ n, at, name }) => step(n, name, at)),
  fc
    .record({
      n: fc.integer({ min: 1, max: 6 }),
      at: fc.nat(500),
      status: fc.constantFrom('success' as const, 'failed' as const, 'left' as const),
    })
    .map(({ n, at, status }) => ended(n, status, at)),
  fc.record({ n: fc.integer({ min: 1, max: 6 }), at: fc.nat(500) }).map(({ n, at }): HistoryRecord => {
    return { type: 'reset', at: time(at), bmcIp: `10.6.0.${String(n)}`, kind: 'On' };
  }),
  fc.nat(500).map(end),
);

test('whatever the clocks said, bars lie within their run, steps follow each other, and every node is somewhere', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (records, count) => {
      const [one] = timelineOf([history('a', begun(nodes), ...records)]).tries;
      assert.ok(one);
      assert.ok(one.to >= one.from);
      for (const bar of one.nodes) {
        assert.ok(bar.to >= bar.from);
        assert.ok(bar.to <= one.to || one.outcome === 'open');
        assert.ok(bar.steps.length > 0);
        for (const span of bar.steps) assert.ok(span.to >= span.from);
      }
      const told = momentsOf(one, count);
      assert.equal(told.length, count);
      for (const { waiting, steps, succeeded, failed, left } of told) {
        const inSteps = Object.values(steps).reduce((sum, number) => sum + number, 0);
        assert.equal(waiting + inSteps + succeeded + failed + left, one.nodes.length);
      }
      const slowest = slowestOf(one, 10).map(({ from, to }) => to - from);
      assert.deepEqual(
        slowest,
        [...slowest].sort((a, b) => b - a),
      );
    }),
  );
});

test('of all that a step tells while it goes on, the history has when it began', () => {
  const records = stepRecords();
  const tell = (n: number, name: 'reach' | 'report', detail: string) =>
    records({ type: 'node-step', at: time(n), bmcIp: `10.6.0.${String(n)}`, step: name, detail, said: detail });
  assert.deepEqual(tell(1, 'reach', ''), [step(1, 'reach', 1)]);
  assert.deepEqual(tell(1, 'reach', 'again'), []);
  assert.deepEqual(tell(2, 'reach', ''), [step(2, 'reach', 2)]);
  assert.deepEqual(tell(1, 'report', ''), [step(1, 'report', 1)]);
  assert.deepEqual(records({ type: 'node-started', at: time(0), bmcIp: 'x', hostname: 'x' }), []);
});

const list = (...entries: readonly (readonly [n: number, status: string])[]): string =>
  JSON.stringify({
    failed_nodes: entries.map(([n, status]) => ({
      bmc_ip: `10.6.0.${String(n)}`,
      hostname: n === 9 ? '' : `cn-${String(n)}`,
      status,
    })),
  });

test('who marked is whoever committed the list with the mark, and a list that Omnia wrote marks nobody', () => {
  const versions = [
    { at: 4, by: 'omnia', text: list([1, 'failed']) },
    { at: 3, by: 'grace', text: list([1, 'failed'], [2, 'success'], [9, 'success']) },
    { at: 2, by: 'ada', text: list([1, 'success'], [2, 'failed'], [9, 'failed']) },
    { at: 1, by: 'omnia', text: list([1, 'failed'], [2, 'failed'], [9, 'failed']) },
  ];
  assert.deepEqual(marksOf(versions, ''), [
    { at: 2, by: 'ada', marked: ['cn-1'], unmarked: [] },
    { at: 3, by: 'grace', marked: ['cn-2', '10.6.0.9'], unmarked: ['cn-1'] },
  ]);
  assert.deepEqual(marksOf([{ at: 1, by: 'ada', text: list([1, 'success']) }], list([1, 'success'])), []);
  assert.deepEqual(marksOf([{ at: 1, by: 'ada', text: 'no { JSON' }], 'neither'), []);
  assert.deepEqual(marksOf([], ''), []);
});
