/** Windows on one project store what they saw in one shared file. */
import assert from 'node:assert/strict';
import type { Stats } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { suite, test } from 'node:test';
import { readSeen } from '@omnia-buildstream/core/nodes/seenFile';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import type { ProcessTable } from '@omnia-buildstream/engine/state/processIdentity';
import { keepSeen } from '@omnia-buildstream/runner/keepSeen';
import { MemoryFs } from '../../support/engine/memoryFs.ts';

const file = '/project/.buildstream/nodes/seen.json';
const lock = '/project/.buildstream/nodes/seen.lock';

function windowOf(pid: number, fs: MemoryFs): Parameters<typeof keepSeen>[2] {
  const self = { pid, startTime: String(pid), bootId: 'boot', namespace: 'pid:1', host: 'here' };
  const processes: ProcessTable = { self, fateOf: () => 'alive' };
  const view = fs.view(() => true);
  const folder = { isFile: () => false, isDirectory: () => true, isSymbolicLink: () => false } as unknown as Stats;
  const lstat = (place: string): Promise<Stats> => (fs.files.has(place) ? view.lstat(place) : Promise.resolve(folder));
  return { fs: { ...view, lstat: lstat as typeof view.lstat }, processes, clock: restless() };
}

/** A clock whose pauses end as soon as other work has had a turn. */
function restless(): Clock {
  let ms = 0;
  return {
    now: () => ms,
    monotonic: () => ms,
    sleep: async (durationMs) => {
      ms += durationMs;
      await setImmediate();
    },
  };
}

suite('what windows on one project have seen', () => {
  test('is all kept, however they write at the same time', async () => {
    const fs = new MemoryFs();
    const windows = [1, 2, 3, 4].map((pid) => windowOf(pid, fs));
    const addresses = windows.flatMap((_, index) => [0, 1, 2].map((look) => `10.6.${String(index)}.${String(look)}`));
    await Promise.all(
      windows.map(async (one, index) => {
        for (const address of addresses.slice(index * 3, index * 3 + 3)) {
          await keepSeen('/project', { power: new Map([[address, { power: 'On', at: 1 }]]) }, one);
        }
      }),
    );
    assert.deepEqual([...readSeen(fs.files.get(file)).power.keys()].sort(), addresses);
    assert.deepEqual(
      [...fs.files.keys()].filter((name) => name === lock || name.endsWith('.part')),
      [],
      'nothing is left behind',
    );
  });

  test('is not kept while a window that never ends has the file, and that is told', async () => {
    const fs = new MemoryFs();
    fs.files.set(lock, JSON.stringify(windowOf(7, fs).processes.self));
    const seen = { power: new Map([['10.6.0.1', { power: 'On', at: 1 }]]) };
    await assert.rejects(
      keepSeen('/project', seen, windowOf(1, fs)),
      (error) => error instanceof StateError && error.reason === 'locked',
    );
    assert.equal(fs.files.get(file), undefined);
  });
});
