import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  readShown,
  readTimelineMessage,
  readTimelineRequest,
  timelineTextKeys,
} from '@omnia-buildstream/client/pages/runTimeline/messages';
import { stackOf } from '@omnia-buildstream/client/pages/runTimeline/stack';
import { timelineOf, withTries } from '@omnia-buildstream/core/history/timeline';
import { fc } from '../../support/properties/fastCheck.ts';
import { recordedRun } from '../../support/pages/recordedRun.ts';
import '../../support/vscode/playedVscode.ts';

const { detailsOf, triesOf } = await import('@omnia-buildstream/client/stages/history/timelineRows');
const { timelineWords } = await import('@omnia-buildstream/client/stages/history/timelineWords');

const runs = [recordedRun('a'), recordedRun('b', { at: '2026-04-10T17:00:00.000Z' })];
const marks = [{ at: Date.parse('2026-04-10T16:30:00.000Z'), by: 'Grace', marked: ['cn-3'], unmarked: ['cn-4'] }];
const timeline = { ...timelineOf(runs), marks, unreadable: ['torn.ndjson'] };

test('the page understands all that the extension tells of runs, and nothing else', () => {
  const [one] = timeline.tries;
  assert.ok(one);
  const messages = [
    { type: 'start', texts: timelineWords() },
    triesOf(timeline),
    { type: 'details', details: detailsOf(one) },
  ];
  for (const message of messages) assert.deepEqual(readTimelineMessage(message), message);
  assert.deepEqual(readTimelineRequest({ type: 'show', file: 'a' }), { type: 'show', file: 'a' });
  assert.deepEqual(readTimelineRequest({ type: 'ready' }), { type: 'ready' });
  const texts = Object.fromEntries(timelineTextKeys.map((key) => [key, 1]));
  const wrong: readonly unknown[] = [
    { type: 'start', texts },
    { ...triesOf(timeline), tries: [{ ...triesOf(timeline).tries[0], kind: 'exploded' }] },
    { ...triesOf(timeline), tries: [{ ...triesOf(timeline).tries[0], share: Number.NaN }] },
    { type: 'details', details: { ...detailsOf(one), layers: [{}] } },
    { type: 'show', file: 1 },
    undefined,
  ];
  for (const value of wrong) {
    assert.equal(readTimelineMessage(value), undefined);
    assert.equal(readTimelineRequest(value), undefined);
  }
  fc.assert(
    fc.property(fc.anything(), (value) => {
      readTimelineMessage(value);
      readTimelineRequest(value);
      readShown(value);
    }),
  );
});

test('the newest run is first, with who ran or retried it and what came of it', () => {
  const {
    tries: [second, first],
    notes,
  } = triesOf(timeline);
  assert.deepEqual(
    notes.map((note) => note.replace(/^\d.*[AP]M: /, '')),
    ['Grace marked as booted: cn-3.', 'Grace marked as failed again: cn-4.', "Can't be read: torn.ndjson."],
  );
  assert.deepEqual([second?.file, second?.number, second?.by], ['b', '2', 'ada@desk (editor)']);
  assert.deepEqual(
    [first?.took, first?.result, first?.kind, first?.share],
    ['1 min 11 s', '1 succeeded, 1 failed', 'failed', 1],
  );
  const [, retried] = timeline.tries.map(detailsOf);
  assert.ok(retried);
  assert.deepEqual(retried.notes, ['Retried by ada@desk.', 'Marked as booted by hand and left alone: cn-3.']);
  assert.deepEqual(
    retried.slowest.map(({ name, took, result }) => [name, took, result]),
    [
      ['cn-1', '1 min 10 s', 'booted'],
      ['cn-2', '15 s', 'failed: no report'],
    ],
  );
  assert.deepEqual(
    retried.layers.map(({ name }) => name),
    ['failed', 'booted', 'contacts the BMC', 'waiting for the node to report', 'queued'],
  );
});

test('names of others are lines of text', () => {
  const [one] = timelineOf([
    recordedRun('a', { by: { user: 'a\u001b[2J\nb', host: '', program: '', version: '', gitlabUser: '' } }),
  ]).tries;
  assert.ok(one);
  const { by = '' } = triesOf({ tries: [one], marks: [], unreadable: [] }).tries[0] ?? {};
  assert.ok(by.startsWith('a') && !by.includes('\u001b') && !by.includes('\n'));
});

test('layers stand on each other and fill the height where most nodes are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(50), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
      (counts) => {
        const layers = counts.map((own, colour) => ({ name: '', colour, counts: own }));
        const areas = stackOf(layers, 100, 50);
        let floor = [50, 50, 50];
        for (const { points } of areas) {
          const heights = points.map(([, y]) => y);
          assert.deepEqual(heights.slice(3).reverse(), floor);
          floor = heights.slice(0, 3);
          assert.ok(floor.every((y) => y >= -1e-9));
        }
        const hasAny = counts.some((own) => own.some((count) => count > 0));
        if (hasAny) assert.ok(Math.min(...floor) < 1e-9);
      },
    ),
  );
});

test('a run in GitLab stands among the others, says that it runs, and shows the tasks of its log', () => {
  const [one] = timeline.tries;
  assert.ok(one?.nodes[0]);
  const steps = ['Set PXE', 'report'].map((step) => ({ step, from: one.from, to: one.to }));
  const inGitLab = { ...one, file: 'gitlab-job-7', backend: 'gitlab', outcome: 'open', from: one.from + 1 } as const;
  const none = { succeeded: 0, failed: 0, left: 0, untold: 0 };
  const rows = triesOf(withTries(timeline, [{ ...inGitLab, counts: none }])).tries;
  assert.deepEqual(
    rows.map(({ file, result }) => [file, result]),
    [
      ['b', '1 succeeded, 1 failed'],
      ['gitlab-job-7', 'running'],
      ['a', '1 succeeded, 1 failed'],
    ],
  );
  const { layers } = detailsOf({ ...inGitLab, nodes: [{ ...one.nodes[0], steps, status: 'open' }] });
  assert.ok(layers.some(({ name }) => name === 'waiting for the node to report'));
  assert.ok(detailsOf({ ...inGitLab, nodes: [{ ...one.nodes[0], steps }] }).slowest[0]?.steps.startsWith('Set PXE: '));
});
