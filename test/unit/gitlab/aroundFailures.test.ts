import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aroundFailures } from '@omnia-buildstream/gitlab/trace/aroundFailures';

const quiet = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${String(index + 1)}`);

test('a log without failures gives its last lines, with their numbers', () => {
  const { failures, lines, totalLines } = aroundFailures(quiet(500));
  assert.deepEqual([failures, totalLines, lines.length], [0, 500, 60]);
  assert.deepEqual(lines.at(-1), { number: 500, text: 'line 500' });
  assert.equal(aroundFailures(['only']).lines.length, 1);
});

test('a failure is shown with what stands around it, and lines between two are not shown twice', () => {
  const log = quiet(300);
  log[100] = 'fatal: [n3]: FAILED! => iDRAC is not ready';
  log[105] = 'fatal: [n4]: FAILED! => iDRAC is not ready';
  const { failures, lines } = aroundFailures(log);
  assert.equal(failures, 2);
  assert.deepEqual(
    lines.map(({ number }) => number),
    Array.from({ length: 26 }, (_, index) => 93 + index),
  );
});

test('of many failures the first ones and the last are shown', () => {
  const log = quiet(40_000);
  for (let at = 100; at < 40_000; at += 100) log[at] = `fatal: [n${String(at)}]: FAILED! => no`;
  const { failures, lines } = aroundFailures(log);
  assert.equal(failures, 399);
  assert.ok(lines.length < 300);
  assert.ok(lines.some(({ number }) => number === 101) && lines.some(({ number }) => number === 39_901));
});
