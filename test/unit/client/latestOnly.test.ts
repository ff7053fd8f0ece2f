import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatestOnly } from '@omnia-buildstream/client/nodes/latestOnly';

test('however often it is asked for while it runs, work runs once more and never twice at a time', async () => {
  let runs = 0;
  let active = 0;
  const finish: (() => void)[] = [];
  const latest = new LatestOnly(async () => {
    runs++;
    active++;
    assert.equal(active, 1);
    await new Promise<void>((resolve) => finish.push(resolve));
    active--;
  });
  const all = [latest.run(), latest.run(), latest.run()];
  finish[0]?.();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(runs, 2);
  finish[1]?.();
  await Promise.all(all);
  assert.equal(runs, 2);
});

test('after a failure it can run again', async () => {
  let runs = 0;
  const latest = new LatestOnly(() => (++runs === 1 ? Promise.reject(new Error('no')) : Promise.resolve()));
  await assert.rejects(latest.run());
  await latest.run();
  assert.equal(runs, 2);
});
