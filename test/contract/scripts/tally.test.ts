import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { processorSeconds } from '../../../scripts/processorTime.mjs';
import { noTests, readTally, slowest, sum, summary } from '../../../scripts/tally.mjs';

const timed = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => ({ name: `${prefix}${String(index)}`, ms: index * 1000 }));
const times = { wallSeconds: 61.2, processorSeconds: 99.8 };

test('the end of a run names the ten slowest tests of all layers, slowest first', () => {
  const total = sum({
    unit: { ...noTests(), passed: 12, tests: slowest(timed(12, 'u')) },
    ui: { ...noTests(), passed: 2, tests: [{ name: 'long', ms: 11_500 }] },
  });
  assert.equal(total.tests.length, 10);
  assert.deepEqual(total.tests.slice(0, 2), [
    { name: 'ui: long', ms: 11_500 },
    { name: 'unit: u11', ms: 11_000 },
  ]);
  assert.match(summary(total, times), /The slowest tests:\n +11\.5 s {2}ui: long\n/);
  assert.match(summary(total, times), /61 s, 100 s of processor time/);
});

test('the last line is the sum over the layers', () => {
  const lastLine = (skipped: number) =>
    summary({ ...noTests(), passed: 3, failed: 1, skipped, failures: ['unit: x'] }, times)
      .split('\n')
      .at(-1);
  assert.equal(lastLine(0), '3 passed, 1 failed');
  assert.equal(lastLine(2), '3 passed, 1 failed, 2 skipped');
});

test('a layer that ends badly without a failed test counts as one failure', () => {
  assert.equal(readTally('no such file', 1).failed, 1);
  assert.equal(readTally('no such file', 0).failed, 0);
});

test('the processor time of a child that has ended counts', { skip: process.platform !== 'linux' }, () => {
  const before = processorSeconds() ?? 0;
  const busyMs = 400;
  const busy = `const end = process.cpuUsage().user + ${String(busyMs * 1000)}; while (process.cpuUsage().user < end);`;
  spawnSync(process.execPath, ['--eval', busy], { cwd: path.resolve(import.meta.dirname) });
  assert.ok((processorSeconds() ?? 0) - before >= busyMs / 1000);
});
