import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTable } from '@omnia-buildstream/cli/table';
import { SecretFilter, secretMark } from '@omnia-buildstream/core/secrets/secretFilter';
import { addAll, greatest, smallest, spread } from '@omnia-buildstream/core/text/lists';
import { attemptsAmong } from '@omnia-buildstream/engine/validate/report/attemptFolder';

const many = 1_000_000;

test('lists of any length have a greatest and a smallest number, and can be joined', () => {
  const list = Array.from({ length: many }, (_, index) => index);
  assert.deepEqual([greatest(list, 5), greatest([], 5)], [many - 1, 5]);
  assert.deepEqual([smallest(list), smallest([])], [0, Number.POSITIVE_INFINITY]);
  addAll(list, list.slice(0, 3));
  assert.equal(list.length, many + 3);
});

test('some of a list are from all over it, in their order; all of a short one', () => {
  const list = Array.from({ length: 10 }, (_, index) => index);
  assert.deepEqual(spread(list, 4), [0, 2, 5, 7]);
  assert.deepEqual(spread(list, 10), list);
  assert.deepEqual(spread(list, 99), list);
});

test('a text that quotes a secret half a million times is cleaned like any other', () => {
  const filter = new SecretFilter();
  filter.add('S3cr3t');
  const clean = filter.clean('S3cr3t,'.repeat(many / 2));
  assert.ok(clean.startsWith(`${secretMark},${secretMark}`) && !clean.includes('S3cr3t'));
});

test('a table of as many rows as a file may have is written', () => {
  const rows = Array.from({ length: 300_000 }, () => ['a']);
  assert.equal(formatTable(['NODE'], rows).split('\n').length, 300_001);
});

test('only names that we give are attempts, however many names there are', () => {
  const names = ['attempt_2', 'attempt_0010', 'attempt_99999999999999999999', 'attempt_-1', 'attempt_1.5', 'x'];
  assert.deepEqual(attemptsAmong([...names, ...Array.from({ length: many }, () => 'y')]), [2, 10]);
});
