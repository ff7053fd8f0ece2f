import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { StateError } from '@omnia-buildstream/engine/ports/stateStore';
import { evidenceOf, type ResetEvidence } from '@omnia-buildstream/engine/restart/evidence';
import { FileStateStore } from '@omnia-buildstream/engine/state/fileStateStore';
import { readJournal, type ResetIntent } from '@omnia-buildstream/engine/state/journalRecord';
import { niceJson } from '@omnia-buildstream/engine/state/niceJson';
import { systemProcesses, type ProcessTable } from '@omnia-buildstream/engine/state/processIdentity';
import { MemoryFs } from '../../support/engine/memoryFs.ts';

function processTable(pid: number, alive: readonly number[], host = 'here'): ProcessTable {
  const self = { pid, startTime: String(pid), bootId: 'boot', host };
  return { self, isAlive: (other) => alive.includes(other.pid) };
}

function openIn(fs: MemoryFs, processes: ProcessTable): Promise<FileStateStore> {
  return FileStateStore.open(
    '/state',
    fs.view(() => true),
    processes,
  );
}

suite('state folder', () => {
  test('a second engine is refused while the first lives, and told which it is', async () => {
    const fs = new MemoryFs();
    await openIn(fs, processTable(1, [1, 2]));
    await assert.rejects(openIn(fs, processTable(2, [1, 2])), (error) => {
      assert.ok(error instanceof StateError && error.reason === 'locked');
      return error.message.includes('process 1');
    });
  });

  test('the lock of a process that died is taken over', async () => {
    const fs = new MemoryFs();
    await openIn(fs, processTable(1, [1]));
    const second = await openIn(fs, processTable(2, [2]));
    await second.close();
    assert.ok(![...fs.files.keys()].some((name) => name.includes('restart.lock')), 'nothing is left');
  });

  test('a lock of another machine is never taken over', async () => {
    const fs = new MemoryFs();
    await openIn(fs, processTable(1, [], 'elsewhere'));
    await assert.rejects(openIn(fs, processTable(2, [])), /elsewhere/);
  });

  test('of many that find a stale lock one takes it', async () => {
    const fs = new MemoryFs();
    await openIn(fs, processTable(1, [1]));
    const pids = [2, 3, 4, 5, 6];
    const results = await Promise.allSettled(pids.map((pid) => openIn(fs, processTable(pid, pids))));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  test('our own process is alive, and not under another start time', () => {
    const processes = systemProcesses();
    assert.ok(processes.isAlive(processes.self));
    if (processes.self.startTime !== '') assert.ok(!processes.isAlive({ ...processes.self, startTime: '1' }));
    assert.ok(!processes.isAlive({ ...processes.self, bootId: 'another boot' }));
  });

  for (const [name, text] of [
    ['failed_nodes.json', '{"failed_nodes": [{"bmc_ip": "10.0.0.1"}]}'],
    ['failed_nodes.json', '{'],
    ['restart_state.json', '[]'],
  ] as const) {
    test(`${name} with ${text} is refused, and the lock given free`, async () => {
      const fs = new MemoryFs();
      fs.files.set(`/state/${name}`, text);
      await assert.rejects(
        openIn(fs, processTable(1, [1])),
        (error) => error instanceof StateError && error.reason === 'unreadable',
      );
      assert.ok(!fs.files.has('/state/restart.lock'));
    });
  }

  test('a torn last line of the journal is cut off', async () => {
    const fs = new MemoryFs();
    const begin = JSON.stringify({ type: 'begin', at: 't', run: 'r', jobId: 'j', imageGroup: 'G' });
    fs.files.set('/state/restart_journal.ndjson', `${begin}\n{"type":"sent","at":"t","bmc`);
    const { found } = await openIn(fs, processTable(1, [1]));
    assert.equal(found.interrupted?.imageGroup, 'G');
    assert.equal(found.interrupted.nodes.size, 0);
    assert.equal(fs.files.get('/state/restart_journal.ndjson'), `${begin}\n`);
  });

  test('lines of a journal that are not ours are left out', () => {
    assert.deepEqual(readJournal('{"type":"later"}\nnot JSON\n[]\n{"type":"end","at":"t"}\n'), [
      { type: 'end', at: 't' },
    ]);
  });
});

test("JSON is written as Omnia's to_nice_json writes it", () => {
  const text = niceJson({ b: [{ z: 1, a: undefined, ä: 'Ä😀' }], a: [] });
  assert.equal(
    text,
    '{\n    "a": [],\n    "b": [\n        {\n            "z": 1,\n            "\\u00e4": "\\u00c4\\ud83d\\ude00"\n        }\n    ]\n}',
  );
});

suite('evidence of a reset', () => {
  const cases: readonly (readonly [string, Partial<ResetIntent>, object, ResetEvidence])[] = [
    ['the time of the last reset changed', { lastResetTime: '1' }, { lastResetTime: '2' }, 'happened'],
    ['the time of the last reset did not change', { lastResetTime: '1' }, { lastResetTime: '1' }, 'not-yet'],
    ['it was on and is off', {}, { power: 'Off' }, 'happened'],
    ['it was on and is coming', {}, { power: 'PoweringOn' }, 'happened'],
    ['it was off and is on', { power: 'Off' }, { power: 'On' }, 'happened'],
    ['it was off and still is', { power: 'Off' }, { power: 'Off' }, 'not-yet'],
    ['the override of one boot is used up', { override: 'Once' }, {}, 'happened'],
    ['the override stays, and the BMC does not tell more', { override: 'Continuous' }, {}, 'unknown'],
  ];
  for (const [name, intent, now, expected] of cases) {
    test(`${name}: ${expected}`, () => {
      const base = { type: 'reset', at: '', bmcIp: 'x', power: 'On', lastResetTime: undefined, override: '' } as const;
      const override = { enabled: 'Disabled', target: 'None', mode: 'UEFI' };
      const state = { power: 'On', lastResetTime: undefined, override, serviceTag: '', ...now } as const;
      assert.equal(evidenceOf({ ...base, ...intent }, state), expected);
    });
  }
});
