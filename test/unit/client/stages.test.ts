import { renderMessage } from '@omnia-buildstream/core/text/message';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { decideFacts } from '@omnia-buildstream/core/nodes/decideFacts';
import { LiveNodes, type LiveNode } from '@omnia-buildstream/client/nodes/liveNodes';
import { readEngineSettings, readPins } from '@omnia-buildstream/client/stages/settings/readEngineSettings';
import { SettingFault } from '@omnia-buildstream/client/stages/settings/settingFault';
import { NodePlaces } from '@omnia-buildstream/client/stages/nodePlaces';
import { countAfter, incrementOf, nothingYet } from '@omnia-buildstream/client/stages/session/stageProgress';
import {
  readCredentials,
  withCredential,
  writeCredentials,
} from '@omnia-buildstream/client/stages/bmc/storedCredentials';
import { backendsTaking, editorBackends } from '@omnia-buildstream/client/stages/editorBackends';
import { readTaskDefinition, taskDefinitionOf } from '@omnia-buildstream/client/stages/taskDefinition';
import { eventLine } from '@omnia-buildstream/client/stages/session/terminalText';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const at = '2026-04-10T16:00:00Z';
const finished = { type: 'node-finished', at, bmcIp: '10.6.0.1', hostname: 'cn-1', durationMs: 1 } as const;
const booted = {
  ...finished,
  status: 'success',
  step: undefined,
  failure: undefined,
  message: 'm',
  said: 'm',
  advice: '',
} as const;
const failed = {
  ...booted,
  status: 'failed',
  step: 'login',
  failure: 'unauthorized',
  message: 'No.',
  said: 'No.',
} as const;

suite('a task of tasks.json', () => {
  test('names stage, image, nodes and mapping file', () => {
    const task = { type: 'buildstream', stage: 'restart', image: ' G ', nodes: ['cn-1'], mapping: 'input/x.csv' };
    const request = {
      stage: 'restart',
      backend: undefined,
      imageGroup: 'G',
      names: ['cn-1'],
      failed: false,
      checks: [],
      mapping: 'input/x.csv',
    };
    assert.deepEqual(readTaskDefinition(task), request);
    assert.deepEqual(readTaskDefinition({ ...task, nodes: 'cn-1, cn-2' }), { ...request, names: ['cn-1', 'cn-2'] });
  });

  test('that leaves everything out but the stage is about the whole plan', () => {
    const whole = {
      stage: 'restart',
      backend: undefined,
      imageGroup: undefined,
      names: [],
      failed: false,
      checks: [],
      mapping: undefined,
    } as const;
    assert.deepEqual(readTaskDefinition({ stage: 'restart', image: '' }), whole);
    assert.deepEqual(readTaskDefinition(taskDefinitionOf(whole)), whole);
    const onApi = { ...whole, backend: 'oim' } as const;
    assert.deepEqual(readTaskDefinition(taskDefinitionOf(onApi)), onApi);
  });

  for (const [key, task] of [
    ['stage', {}],
    ['stage', { stage: 'format-disks' }],
    ['backend', { stage: 'restart', backend: 'gitlab' }],
    ['image', { stage: 'restart', image: 1 }],
    ['nodes', { stage: 'restart', backend: 'oim', nodes: ['cn-1'] }],
    ['failed', { stage: 'restart', backend: 'oim', failed: true }],
    ['nodes', { stage: 'restart', nodes: [1] }],
    ['failed', { stage: 'restart', failed: 'yes' }],
    ['failed', { stage: 'restart', failed: true, nodes: ['cn-1'] }],
    ['checks', { stage: 'validate', checks: [1] }],
    ['checks', { stage: 'restart', checks: ['ssh/cn-1'] }],
    ['checks', { stage: 'validate', backend: 'oim', checks: ['ssh/cn-1'] }],
    ['nodes', { stage: 'deploy', nodes: ['cn-1'] }],
    ['failed', { stage: 'validate', failed: true }],
    ['mapping', { stage: 'restart', mapping: {} }],
  ] as const) {
    test(`${JSON.stringify(task)} is refused because of ${key}`, () => {
      assert.deepEqual(readTaskDefinition(task), { key });
    });
  }
});

test('a stage that is limited is run by the usual backend only when that takes the limit', () => {
  const whole = { names: [], failed: false, checks: [] };
  const limits = [
    { ...whole, names: ['cn-1'] },
    { ...whole, failed: true },
    { ...whole, checks: ['ssh/cn-1'] },
  ];
  for (const usual of editorBackends) {
    assert.deepEqual(backendsTaking('validate', whole, usual)[0], usual);
    for (const limited of limits) assert.deepEqual(backendsTaking(undefined, limited, usual), ['direct']);
    assert.deepEqual(backendsTaking('deploy', { ...whole, failed: true }, usual), []);
  }
});

suite('the terminal', () => {
  const about = {
    stage: 'restart',
    words: {
      done: 'booted',
      left: 'left',
      outcomes: { passed: 'passed', failed: 'failed', error: 'error', skipped: 'skipped' },
      levels: { warning: 'warning', error: 'error' },
      stopping: (detail: string) => `Stopping: ${detail}`,
      say: renderMessage,
    },
    places: new NodePlaces('/p/input/pxe_mapping_file.csv', [{ bmcIp: '10.6.0.1', hostname: 'cn-1', line: 4 }]),
  };

  test('says what a node did in words, not by colour alone', () => {
    assert.equal(eventLine(booted, about), '\u001b[32mbooted\u001b[0m  cn-1 (10.6.0.1)');
    assert.equal(eventLine({ type: 'node-started', at, bmcIp: '10.6.0.1', hostname: 'cn-1' }, about), undefined);
  });

  test('a failed node is the line that the problem matcher of package.json reads, on the physical line of its row', () => {
    const manifest = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8')) as {
      contributes: { problemMatchers: { pattern: { regexp: string } }[] };
    };
    const pattern = manifest.contributes.problemMatchers[0]?.pattern.regexp ?? '';
    // VS Code strips colors before it looks for problems.
    // eslint-disable-next-line no-control-regex -- colors are control characters
    const line = (eventLine(failed, about) ?? '').replaceAll(/\u001b\[\d+m/g, '');
    const found = new RegExp(pattern).exec(line);
    assert.deepEqual(found?.slice(1), [about.places.file, '5', '1', 'error', 'restart: cn-1 (10.6.0.1): No.']);
  });

  const note = {
    type: 'stage-note',
    at,
    stage: 'deploy',
    level: 'error',
    text: 'No ADMIN_MAC.',
    said: 'No ADMIN_MAC.',
  } as const;
  const check = {
    type: 'check-finished',
    at,
    stage: 'validate',
    id: 'slurmd/cn-1',
    title: 'slurmd answers',
    hostname: 'CN-1',
    outcome: 'failed',
    message: 'nobody listens',
    said: 'nobody listens',
    advice: 'Look at it.',
    durationMs: 1,
  } as const;

  test('what a preflight finds on a row, and a check that failed, are problems on that row', () => {
    assert.equal(
      eventLine({ ...note, line: 4 }, { ...about, stage: 'deploy' }),
      '\u001b[31m/p/input/pxe_mapping_file.csv:5:1: error deploy: No ADMIN_MAC.\u001b[0m',
    );
    assert.equal(
      eventLine(check, { ...about, stage: 'validate' }),
      '\u001b[31m/p/input/pxe_mapping_file.csv:5:1: error validate: CN-1: slurmd answers: nobody listens. Look at it.\u001b[0m',
    );
  });

  test('notes without a row and other checks say in words what they are', () => {
    assert.equal(eventLine(note, about), '\u001b[31merror\u001b[0m  No ADMIN_MAC.');
    assert.equal(eventLine({ ...note, level: 'info', text: '', said: 'a\u001b[2Jb' }, about), 'ab');
    assert.equal(eventLine({ ...check, outcome: 'passed' }, about), '\u001b[32mpassed\u001b[0m  CN-1: slurmd answers');
    assert.match(eventLine({ ...check, outcome: 'skipped' }, about) ?? '', /skipped.*nobody listens/);
    assert.match(eventLine({ ...check, hostname: '', id: 'molecule' }, about) ?? '', /failed.*molecule: nobody/);
  });

  test('texts of a BMC cannot steer it', () => {
    const nasty = 'x\u001b]0;title\u0007\u001b[2Jy\r\nz\u001b[31mred';
    const line = eventLine({ ...failed, said: nasty }, about) ?? '';
    assert.ok(line.includes('xy zred'));
    assert.equal(line.split('\u001b').length, 3);
  });
});

suite('the count of a run', () => {
  test('goes from the start over each node to the end', () => {
    const begin = { type: 'stage-started', at, stage: 'restart', imageGroup: 'G', jobId: 'j', resumed: true } as const;
    const first = countAfter(nothingYet, { ...begin, total: 4, finishedBefore: 1 });
    assert.deepEqual(first, { total: 4, done: 1, failed: 0 });
    const second = countAfter(countAfter(first, booted), failed);
    assert.deepEqual(second, { total: 4, done: 3, failed: 1 });
    assert.equal(incrementOf(first, second), 50);
    assert.equal(incrementOf(nothingYet, nothingYet), 0);
  });
});

suite('live nodes', () => {
  const node = (phase: LiveNode['phase']): LiveNode => ({ phase, word: phase, message: '' });

  function watched() {
    const waiting: (() => void)[] = [];
    const live = new LiveNodes((work) => waiting.push(work));
    const told: string[][] = [];
    live.onChange((changed) => told.push([...changed].sort()));
    const flush = (): void => {
      for (const work of waiting.splice(0)) work();
    };
    return { live, told, flush };
  }

  test('thousands of changes are told at one time', () => {
    const { live, told, flush } = watched();
    const addresses = Array.from({ length: 5_000 }, (_, index) => `10.6.${String(index >> 8)}.${String(index & 255)}`);
    live.begin(addresses, node('waiting'));
    for (const address of addresses) live.set(address, node('running'));
    flush();
    assert.deepEqual(
      told.map(({ length }) => length),
      [5_000],
    );
  });

  test('what a BMC or a run says of an address is found by the cell with its blanks, and the other way round', () => {
    const { live, told, flush } = watched();
    live.begin(['10.6.0.1'], node('waiting'));
    live.tell('10.6.0.1', { source: 'power', at: 1, text: 'on' });
    live.tell(' 10.6.0.1', { source: 'image', at: 1, text: 'rhel' });
    flush();
    assert.deepEqual(told, [['10.6.0.1']]);
    for (const bmcIp of ['10.6.0.1', ' 10.6.0.1', '10.6.0.1\t']) {
      const { run, power, image } = live.verdictOf({ bmcIp, state: 'new' });
      assert.deepEqual([run?.phase, power, image], ['waiting', 'on', 'rhel']);
    }
    live.set('10.6.0.1 ', node('failed'));
    assert.equal(live.of('10.6.0.1')?.phase, 'failed');
  });

  test('after a run the files tell of all its nodes, as in every other window', () => {
    const { live, told, flush } = watched();
    live.begin(['a', 'b', 'c'], node('waiting'));
    live.set('a', node('booted'));
    live.set('b', node('failed'));
    flush();
    live.end();
    flush();
    assert.deepEqual(
      ['a', 'b', 'c'].map((bmcIp) => live.verdictOf({ bmcIp, state: 'failed' })),
      ['a', 'b', 'c'].map(() => decideFacts([{ source: 'decided', state: 'failed' }])),
    );
    assert.deepEqual(told.at(-1), ['a', 'b', 'c'], 'and they are drawn anew');
  });

  test('tests, images and power are attributes, and one of an earlier attempt takes no place of a later one', () => {
    const { live } = watched();
    live.tell('a', { source: 'validation', attempt: 2, text: '1 of 2 tests failed' });
    live.tell('a', { source: 'validation', attempt: 1, text: '2 tests passed' });
    live.tell('a', { source: 'power', at: 2, text: 'on' });
    const { state, run, validation, power } = live.verdictOf({ bmcIp: 'a', state: 'failed' });
    assert.deepEqual([state, run, validation, power], ['failed', undefined, '1 of 2 tests failed', 'on']);
  });

  test('a new run forgets the last one', () => {
    const { live, told, flush } = watched();
    live.begin(['a'], node('waiting'));
    live.set('a', node('booted'));
    flush();
    live.begin(['b'], node('waiting'));
    flush();
    assert.equal(live.of('a'), undefined);
    assert.deepEqual(told.at(-1), ['a', 'b']);
  });
});

suite('credentials of BMCs', () => {
  const stored = (hosts: string) => ({ hosts, user: 'root', password: `of ${hosts}` });

  test('the narrower pattern counts, whatever was stored first', () => {
    const patterns = ['*', '10.6.*', '10.6.0.0/16', '10.6.1.*', '10.6.0.5', '10.6.0.0/24'];
    const all = patterns.map(stored).reduce<ReturnType<typeof stored>[]>(withCredential, []);
    assert.deepEqual(
      all.map(({ hosts }) => hosts),
      ['10.6.0.5', '10.6.1.*', '10.6.0.0/24', '10.6.*', '10.6.0.0/16', '*'],
    );
    assert.equal(withCredential(all, { ...stored('*'), password: 'new' }).at(-1)?.password, 'new');
    assert.equal(withCredential(all, stored('*')).length, patterns.length);
  });

  test('what cannot be read counts as not given', () => {
    assert.deepEqual(readCredentials(writeCredentials([stored('*')])), [stored('*')]);
    for (const text of [undefined, '{', '{}', '[{"hosts":"*"}]']) assert.deepEqual(readCredentials(text), []);
  });
});

suite('settings of the engine', () => {
  const read = (settings: Readonly<Record<string, unknown>>) => readEngineSettings((name) => settings[name]);

  test('have the defaults of the command line', () => {
    const { restart, report, stateFolder, bmcPort } = read({});
    assert.deepEqual(
      [restart.concurrency, restart.lasting, restart.restart, report, stateFolder, bmcPort],
      [32, 'once', 'force', { kind: 'tcp', port: 22 }, '.buildstream/restart', 443],
    );
  });

  test('are read in their units', () => {
    const { restart, requestTimeoutMs } = read({
      'engine.stagger': '50:30',
      'engine.lasting': 'continuous',
      'engine.limits': { power: 90, request: 2.5 },
    });
    assert.deepEqual(restart.stagger, { batch: 50, pauseMs: 30_000 });
    assert.deepEqual([restart.lasting, restart.limits.powerMs, requestTimeoutMs], ['continuous', 90_000, 2_500]);
  });

  for (const [name, value] of [
    ['engine.concurrency', 0],
    ['engine.concurrency', 2.5],
    ['engine.stagger', 'often'],
    ['engine.report', 'smoke'],
    ['engine.limits', { fly: 1 }],
    ['engine.bmcPort', '443'],
  ] as const) {
    test(`${name} cannot be ${JSON.stringify(value)}`, () => {
      assert.throws(
        () => read({ [name]: value }),
        (error) => error instanceof SettingFault && error.setting === name,
      );
    });
  }

  test('a pin is a SHA-256 fingerprint', () => {
    const pin = Array.from({ length: 32 }, () => 'AB').join(':');
    assert.deepEqual(readPins({ '10.6.*': pin }), [{ hosts: '10.6.*', value: pin }]);
    assert.throws(() => readPins({ '10.6.*': 'AB' }), SettingFault);
  });
});
