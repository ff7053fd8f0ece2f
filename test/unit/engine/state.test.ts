import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import { showsReset } from '@omnia-buildstream/engine/restart/reset/evidence';
import { FileStateStore } from '@omnia-buildstream/engine/state/fileStateStore';
import { readJournal, type ResetIntent } from '@omnia-buildstream/core/restart/journalRecord';
import { niceJson } from '@omnia-buildstream/engine/state/niceJson';
import {
  fateOf,
  systemProcesses,
  type ProcessIdentity,
  type ProcessTable,
} from '@omnia-buildstream/engine/state/processIdentity';
import { fail, MemoryFs } from '../../support/engine/memoryFs.ts';

function processTable(pid: number, alive: readonly number[], host = 'here'): ProcessTable {
  const self = { pid, startTime: String(pid), bootId: 'boot', namespace: 'pid:1', host };
  const facts = { exists: (other: number) => alive.includes(other), startTimeOf: String };
  return { self, fateOf: (other) => fateOf(other, self, facts) };
}

/** Opens and holds the state, like a run that was agreed to. */
async function holdIn(fs: MemoryFs, processes: ProcessTable): Promise<FileStateStore> {
  const store = await openIn(fs, processes);
  await store.hold();
  return store;
}

function openIn(fs: MemoryFs, processes: ProcessTable): Promise<FileStateStore> {
  return FileStateStore.open(
    { folder: '/state' },
    fs.view(() => true),
    processes,
  );
}

async function writeAll(store: FileStateStore): Promise<void> {
  await store.hold();
  await store.write({ jobId: 'j', timestamp: 't', inventory: [], booted: [], failed: [], results: [] });
  await store.begin({ type: 'begin', at: 't', run: 'r', jobId: 'j', imageGroup: 'G' });
  await store.append({ type: 'end', at: 't' });
}

suite('state folder', () => {
  test('a second engine is refused while the first lives, and told which it is', async () => {
    const fs = new MemoryFs();
    await holdIn(fs, processTable(1, [1, 2]));
    await assert.rejects(openIn(fs, processTable(2, [1, 2])), (error) => {
      assert.ok(error instanceof StateError && error.reason === 'locked');
      return error.message.includes('process 1');
    });
  });

  test('the lock of a process that died is taken over', async () => {
    const fs = new MemoryFs();
    await holdIn(fs, processTable(1, [1]));
    const second = await holdIn(fs, processTable(2, [2]));
    await second.close();
    assert.ok(![...fs.files.keys()].some((name) => name.includes('restart.lock')), 'nothing is left');
  });

  for (const [name, change] of [
    ['another machine', { bootId: 'another', host: 'elsewhere' }],
    ['another PID namespace on the same machine', { namespace: 'pid:2' }],
    ['another boot under the same name', { bootId: 'another' }],
    ['an engine that did not write its namespace down', { namespace: undefined }],
  ] as const) {
    test(`a lock of ${name} is never taken over, and it is said what to do`, async () => {
      const fs = new MemoryFs();
      const { self } = processTable(1, []);
      fs.files.set('/state/restart.lock', JSON.stringify({ ...self, ...change }));
      const before = new Map(fs.files);
      await assert.rejects(holdIn(fs, processTable(2, [2])), (error) => {
        assert.ok(error instanceof StateError && error.reason === 'locked');
        return /cannot be seen from here.*remove \/state\/restart\.lock/.test(error.message);
      });
      assert.deepEqual(fs.files, before);
    });
  }

  test('a lock that nobody can read is not taken for none', async () => {
    const fs = new MemoryFs();
    fs.files.set('/state/restart.lock', '');
    await assert.rejects(holdIn(fs, processTable(2, [2])), /remove \/state\/restart\.lock/);
  });

  test('opening and planning change nothing: no folder, no lock, no torn line cut off', async () => {
    const fs = new MemoryFs();
    fs.files.set('/state/restart_journal.ndjson', '{"type":"begin","at":"t","run":"r","imageGroup":"G"}\n{"ty');
    const before = new Map(fs.files);
    const operations: string[] = [];
    fs.disturb = (operation) => {
      operations.push(operation);
    };
    const store = await openIn(fs, processTable(1, [1]));
    await store.close();
    assert.deepEqual(fs.files, before);
    assert.deepEqual([...new Set(operations)].sort(), ['close', 'open', 'read', 'stat']);
  });

  test('a state that somebody changed between plan and yes is not run on', async () => {
    const fs = new MemoryFs();
    const store = await openIn(fs, processTable(1, [1]));
    fs.files.set('/state/failed_nodes.json', '{"job_id":"j","failed_nodes":[]}');
    await assert.rejects(store.hold(), (error) => error instanceof StateError && error.reason === 'changed');
    await store.close();
    assert.ok(!fs.files.has('/state/restart.lock'));
  });

  test('what a killed run left half written is gone after the next', async () => {
    const fs = new MemoryFs();
    fs.files.set('/state/.restart_state.json.7d444840-9dc0-11d1-b245-5ffdce74fad2.tmp', 'half');
    fs.files.set('/state/.of-somebody-else.tmp', 'stays');
    await (await holdIn(fs, processTable(1, [1]))).close();
    assert.deepEqual([...fs.files.keys()], ['/state/.of-somebody-else.tmp']);
  });

  test('a full disk leaves nothing behind, whatever is written', async () => {
    for (let place = 1; ; place++) {
      const fs = new MemoryFs();
      const store = await openIn(fs, processTable(1, [1]));
      let writes = 0;
      fs.disturb = (operation) => {
        if (['open', 'write', 'sync'].includes(operation) && ++writes === place) fail('ENOSPC');
      };
      const isDone = await writeAll(store).then(
        () => true,
        () => false,
      );
      fs.disturb = () => undefined;
      await store.close();
      const ours = ['failed_nodes.json', 'node_results.json', 'restart_journal.ndjson', 'restart_state.json'];
      for (const file of fs.files.keys()) assert.ok(ours.includes(file.replace('/state/', '')), `${file} is left`);
      if (isDone) break;
    }
  });

  test('of many that find a stale lock one takes it', async () => {
    const fs = new MemoryFs();
    await holdIn(fs, processTable(1, [1]));
    const pids = [2, 3, 4, 5, 6];
    const results = await Promise.allSettled(pids.map((pid) => holdIn(fs, processTable(pid, pids))));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  test('our own process is alive, and not under another start time', () => {
    const processes = systemProcesses();
    const fate = (change: Partial<ProcessIdentity>): string => processes.fateOf({ ...processes.self, ...change });
    assert.equal(fate({}), 'alive');
    if (processes.self.startTime !== '') assert.equal(fate({ startTime: '1' }), 'dead');
    assert.equal(fate({ bootId: 'another boot' }), 'unknown');
    assert.equal(fate({ namespace: 'pid:[1]' }), 'unknown');
  });

  for (const [name, text] of [
    ['failed_nodes.json', '{"failed_nodes": [{"bmc_ip": "10.0.0.1"}]}'],
    ['failed_nodes.json', '{'],
    ['restart_state.json', '[]'],
    ['restart_journal.ndjson', '{"type":"sent","bmcIp":"10.0.0.1"}\n'],
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
    const { found } = await holdIn(fs, processTable(1, [1]));
    assert.equal(found.interrupted?.imageGroup, 'G');
    assert.equal(found.interrupted.nodes.size, 0);
    assert.equal(fs.files.get('/state/restart_journal.ndjson'), `${begin}\n`);
  });

  test('lines of a journal that are not ours are in doubt, and kept', () => {
    const doubt = { type: 'doubt', bmcIp: undefined };
    const text = '{"type":"later","bmcIp":"10.0.0.1"}\nnot JSON\n[]\n{"type":"end","at":"t"}\n{"type":"reset"}\n';
    assert.deepEqual(readJournal(text), [
      { type: 'doubt', bmcIp: '10.0.0.1' },
      doubt,
      doubt,
      { type: 'end', at: 't' },
      doubt,
    ]);
  });

  test('a job id that a shell would act on is none', async () => {
    const fs = new MemoryFs();
    fs.files.set('/state/failed_nodes.json', '{"job_id":"$(touch x)","failed_nodes":[]}');
    assert.equal((await openIn(fs, processTable(1, [1]))).found.jobId, undefined);
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
  const cases: readonly (readonly [string, Partial<ResetIntent>, object, boolean])[] = [
    ['the time of the last reset changed', { lastResetTime: '1' }, { lastResetTime: '2' }, true],
    ['the time of the last reset did not change', { lastResetTime: '1' }, { lastResetTime: '1' }, false],
    ['it was on and is off', {}, { power: 'Off' }, true],
    ['it was on and is coming', {}, { power: 'PoweringOn' }, true],
    ['it was off and is on', { power: 'Off' }, { power: 'On' }, true],
    ['it was off and still is', { power: 'Off' }, { power: 'Off' }, false],
    ['the override of one boot is used up', { override: 'Once' }, {}, true],
    ['the override stays, and the BMC does not tell more', { override: 'Continuous' }, {}, false],
    [
      'it was asked to shut down, and is off: nothing has booted',
      { kind: 'GracefulShutdown' },
      { power: 'Off' },
      false,
    ],
    ['it was asked to shut down, and is still on', { kind: 'GracefulShutdown' }, {}, false],
    [
      'it was asked to shut down, and has not been off since',
      { kind: 'GracefulShutdown', lastResetTime: '1' },
      { lastResetTime: '1' },
      false,
    ],
    [
      'it was asked to shut down, and came on again',
      { kind: 'GracefulShutdown', lastResetTime: '1' },
      { lastResetTime: '2' },
      true,
    ],
  ];
  for (const [name, intent, now, expected] of cases) {
    test(`${name}: ${expected ? 'it was reset' : 'nobody knows'}`, () => {
      const base = { type: 'reset', at: '', bmcIp: 'x', power: 'On', lastResetTime: undefined, override: '' } as const;
      const override = { enabled: 'Disabled', target: 'None', mode: 'UEFI', device: '', isWhereLooked: true };
      const hardware = { serviceTag: '', serialNumber: '', macs: undefined };
      const about = { override, hardware, resets: undefined, bootProgress: '' };
      const state = { power: 'On', lastResetTime: undefined, ...about, ...now } as const;
      assert.equal(showsReset({ ...base, kind: 'ForceRestart', ...intent }, state), expected);
    });
  }
});
