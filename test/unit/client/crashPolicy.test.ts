import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CrashPolicy } from '@omnia-buildstream/client/language/crashPolicy';

test('a server that dies now and then is always started again', () => {
  let now = 0;
  const policy = new CrashPolicy(() => now);
  for (let crash = 0; crash < 20; crash++) {
    assert.equal(policy.mayRestart(), true);
    now += 60_000;
  }
});

test('a server that dies at once is given up after the fifth time', () => {
  const policy = new CrashPolicy(() => 0);
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => policy.mayRestart()),
    [true, true, true, true, false],
  );
});
