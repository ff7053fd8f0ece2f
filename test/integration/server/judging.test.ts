import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import type { ServerClock } from '@omnia-buildstream/server/clock';
import { Judging, judgingLimits } from '@omnia-buildstream/server/diagnostics/judging';
import { MappingDocument } from '@omnia-buildstream/server/mappingDocument';
import { cluster } from '../../support/cluster.ts';
import { mappingUri } from './harness.ts';

const [header = '', row = ''] = cluster.split('\n');
const wrong = row.replace(/,[^,]*,/, ',not a group!,');

/** A clock whose work time grows with each reading, and which runs scheduled work only when told to. */
function busyClock(msEachLook: number) {
  let worked = 0;
  const waiting = new Set<() => void>();
  const clock: ServerClock = {
    now: () => 0,
    worked: () => (worked += msEachLook),
    after(_delayMs, work) {
      waiting.add(work);
      return { dispose: () => void waiting.delete(work) };
    },
  };
  const runNext = (): boolean => {
    const [next] = waiting;
    if (next === undefined) return false;
    waiting.delete(next);
    next();
    return true;
  };
  return { clock, runNext };
}

function documentOf(rows: number, uri = mappingUri): MappingDocument {
  const document = new MappingDocument(uri, 1, `${header}\n${`${wrong}\n`.repeat(rows)}`);
  const settings = { version: '2.2', context: {}, overrides: new Map(), encoding: { kind: 'unchecked' } } as const;
  document.judge(mappingRules, settings);
  return document;
}

function judgingOn(clock: ServerClock): Judging {
  return new Judging(clock, (_uri, work) => void work());
}

test('a large file is judged in slices, and another file is served between two of them', () => {
  const { clock, runNext } = busyClock(judgingLimits.sliceMs / 100);
  const judging = judgingOn(clock);
  const told: string[] = [];
  const large = documentOf(2_000);
  void judging.run(large, () => Promise.resolve(void told.push('large')));
  assert.equal(large.model.isJudged, false);
  void judging.run(documentOf(1, 'file:///other.csv'), () => Promise.resolve(void told.push('other')));
  assert.deepEqual(told, ['other']);
  while (runNext());
  assert.deepEqual(told, ['other', 'large']);
  assert.equal(large.wasGivenUp, false);
  assert.ok(large.model.findings().length >= 2_000);
});

test('a file that takes longer than its budget is given up, and is judged when it has become smaller', () => {
  const { clock, runNext } = busyClock(judgingLimits.budgetMs / 10);
  const judging = judgingOn(clock);
  const document = documentOf(20_000);
  let told = 0;
  const tell = () => Promise.resolve(void told++);
  void judging.run(document, tell);
  let slices = 1;
  while (runNext()) slices++;
  assert.ok(slices <= 10, String(slices));
  assert.equal(told, 1);
  assert.equal(document.wasGivenUp, true);
  assert.deepEqual(document.model.findings(), []);
  document.change([{ text: cluster }], 2);
  document.judge(mappingRules, document.model.settings);
  void judging.run(document, tell);
  assert.equal(document.wasGivenUp, false);
  assert.equal(told, 2);
});

test('an edit begins anew, and a closed file is not judged any more', () => {
  const { clock, runNext } = busyClock(judgingLimits.sliceMs);
  const judging = judgingOn(clock);
  const document = documentOf(2_000);
  void judging.run(document, () => assert.fail('it was edited and closed'));
  const start = { line: 0, character: 0 };
  document.change([{ range: { start, end: { line: 1_999, character: 0 } }, text: `${header}\n` }], 2);
  judging.forget(document.uri);
  assert.equal(runNext(), false);
  assert.deepEqual(document.model.findings().length > 0, true);
});

test('one row of a megabyte is too large, also when a quote joins the lines', () => {
  const long = 'a'.repeat(1024 * 1024);
  assert.equal(new MappingDocument(mappingUri, 1, `${header}\n${long}b,\n`).isTooLarge, true);
  assert.equal(new MappingDocument(mappingUri, 1, `${header}\n"${'a,\n'.repeat(100_000)}${long}"\n`).isTooLarge, true);
  const document = new MappingDocument(mappingUri, 1, cluster);
  const at = { line: 2, character: 0 };
  document.change([{ range: { start: at, end: at }, text: `${long},` }], 2);
  assert.equal(document.isTooLarge, true);
});
