import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { handoverNote } from '@omnia-buildstream/core/history/handoverNote';
import { historyLine, readHistory, type HistoryRecord } from '@omnia-buildstream/core/history/historyRecord';
import { lastResetText } from '@omnia-buildstream/core/history/lastResetText';
import { lastResets, nodesByEnd, runHistoryOf, type RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import type { StageBackend, StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import type { DeployOutcome } from '@omnia-buildstream/engine/deploy/events';
import type { RestartEvent } from '@omnia-buildstream/engine/restart/events';
import type { OimOutcome, OimStageSummary } from '@omnia-buildstream/oim/events';
import { thisMachine } from '@omnia-buildstream/runner/machine';
import { readRuns } from '@omnia-buildstream/runner/history/readRuns';
import { runRecorded } from '@omnia-buildstream/runner/history/runRecorded';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import { fc } from '../../support/properties/fastCheck.ts';
import { fail, MemoryFs } from '../../support/engine/memoryFs.ts';
import { VirtualClock } from '../../support/engine/virtualClock.ts';

const at = '2026-04-10T16:00:00.000Z';
const place = { folder: '/history', within: '/history' };
const by = { user: 'ada', host: 'desk', gitlabUser: '', program: 'command line', version: '1.0' };

function target(n: number): StagePlan['nodes'][number] {
  const names = {
    hostname: `cn-${String(n)}`,
    serviceTag: '',
    functionalGroup: 'slurm_node_x86_64',
    groupName: 'grp1',
  };
  const why = { message: 'failed in the last run', params: {} };
  return { target: { ...names, bmcIp: `10.6.0.${String(n)}`, adminIp: '', adminMac: '', line: n }, why };
}

const plan = {
  stage: 'restart' as StageName,
  backend: 'direct' as StageBackend,
  imageGroup: 'G',
  jobId: 'job',
  restart: undefined,
  nodes: [1, 2, 3].map(target),
  files: [],
  notes: [],
  obstacles: [],
  // A stage that is only followed needs no agreement.
  asks: false,
  identity: 'ab'.repeat(32),
} satisfies StagePlan & { asks: boolean };

function failedNode(n: number, message: string): RestartEvent {
  const names = { bmcIp: `10.6.0.${String(n)}`, hostname: `cn-${String(n)}` };
  const end = {
    status: 'failed',
    step: 'report',
    failure: 'no-report',
    message,
    said: message,
    advice: 'Look.',
    durationMs: 1,
  } as const;
  return { type: 'node-finished', at, ...names, ...end };
}

function bootedNode(n: number): RestartEvent {
  const names = { bmcIp: `10.6.0.${String(n)}`, hostname: `cn-${String(n)}` };
  const end = {
    status: 'success',
    step: undefined,
    failure: undefined,
    message: 'OK',
    said: 'OK',
    advice: '',
    durationMs: 1,
  } as const;
  return { type: 'node-finished', at, ...names, ...end };
}

const reset = (n: number): RestartEvent => ({
  type: 'node-reset',
  at,
  bmcIp: `10.6.0.${String(n)}`,
  kind: 'ForceRestart',
});

function finished(stopped: 'canary-failed' | undefined): RestartEvent {
  const counts = { booted: 1, failed: 1, notTried: 1, everyBoot: [], busy: [], drained: [], durationMs: 1 };
  return { type: 'stage-finished', at, stage: 'restart', ...counts, stopped };
}

function tested(outcome: 'PASSED' | 'FAILED', stopped?: 'asked'): StageEvent {
  const testSummary = { total: 1, passed: 1, failed: 0, skipped: 0, errors: 0 };
  return {
    type: 'stage-finished',
    at,
    stage: 'validate',
    outcome,
    testSummary,
    stopped,
    durationMs: 1,
    reportPath: '',
  };
}

function deployed(outcome: DeployOutcome): StageEvent {
  const counts = { created: 0, updated: 0, unchanged: 0, failed: 0, notTried: 0, findings: 0, durationMs: 1 };
  return { type: 'stage-finished', at, stage: 'deploy', outcome, ...counts };
}

function onServer(outcome: OimOutcome, nodes?: OimStageSummary['nodes']): StageEvent {
  const unknown = { attempt: undefined, logFile: undefined, reportPath: undefined, tests: undefined, nodes };
  const told = { outcome, message: '', said: '', errorCode: '', durationMs: 1, ...unknown };
  return { type: 'stage-finished', at, stage: 'restart', backend: 'oim', ...told };
}

const usual: readonly RestartEvent[] = [
  {
    type: 'stage-started',
    at,
    stage: 'restart',
    imageGroup: 'G',
    jobId: 'job',
    total: 3,
    finishedBefore: 0,
    resumed: false,
  },
  reset(1),
  bootedNode(1),
  reset(2),
  failedNode(2, 'no report'),
  finished('canary-failed'),
];

/** A disk and a clock, with runs recorded on them. */
class Disk {
  readonly fs = new MemoryFs();
  readonly clock = new VirtualClock();
  readonly failures: unknown[] = [];
  isAlive = true;
  #ids = 0;

  /** Resolves to the result of the run itself. */
  run(
    events: readonly StageEvent[],
    more: Partial<Pick<StagePlan, 'backend'>> & { readonly stage?: StageName } = {},
  ): Promise<string> {
    const shown: StageEvent[] = [];
    const prepared = {
      ...plan,
      ...more,
      async run({ emit }: { readonly emit: (event: StageEvent) => void }): Promise<string> {
        for (const event of events) {
          emit(event);
          await Promise.resolve();
        }
        return `${String(shown.length)} events`;
      },
    };
    const emit = (event: StageEvent): void => void shown.push(event);
    const mapping = { file: 'input/pxe_mapping_file.csv', text: 'a' };
    const answers = [{ question: 'Restart 3 nodes now?', answer: '--yes' }];
    const failed = (error: unknown): void => void this.failures.push(error);
    const others = { places: [], unseen: failed };
    const machine = {
      clock: this.clock,
      fs: this.fs.view(() => this.isAlive),
      newId: () => `id${String(++this.#ids)}`,
      processes: thisMachine.processes,
      runsFolder: () => '/runs',
    };
    return runRecorded(prepared, { emit }, { place, by, mapping, answers, failed, others }, machine);
  }

  get texts(): string[] {
    return [...this.fs.files].flatMap(([name, text]) => (name.endsWith('.ndjson') ? [text] : []));
  }

  async runs(): Promise<RunHistory[]> {
    const runs: RunHistory[] = [];
    for await (const file of readRuns(place, { fs: this.fs.view(() => true) }))
      if (file.kind === 'read') runs.push(file.run);
    return runs;
  }
}

suite('the history of a run', () => {
  test('tells who, when, what, by which answers, each reset, each end, what is left and what to do next', async () => {
    const disk = new Disk();
    await disk.run(usual);
    const [run] = await disk.runs();
    assert.ok(run);
    assert.deepEqual([run.begun.by, run.begun.answers.length, run.begun.plan], [by, 1, plan.identity]);
    assert.match(run.begun.mapping?.digest ?? '', /^ca978112ca1bbdca/, 'SHA-256 of "a"');
    assert.deepEqual(
      nodesByEnd(run).left.map(({ hostname }) => hostname),
      ['cn-2', 'cn-3'],
    );
    const note = String(handoverNote(run));
    assert.match(note, /^# Run history: restart by ada on desk\n/);
    for (const part of [
      /Asked "Restart 3 nodes now\?": \\?-\\?-yes/,
      /1 of 3 nodes succeeded, 1 failed, 1 were not tried, 2 were reset/,
      /It stopped early: one of the first nodes did not boot/,
      /\| cn\\-2 \| .*ForceRestart.* \| no report \| Look/,
      /Failed: cn\\-2.*\n.*Not tried: cn\\-3/,
      /## What to do next\n\nFind out why the first nodes failed/,
    ])
      assert.match(note, part);
  });

  test('does not tell of nodes what nobody told: the stage as a whole succeeded, failed, or nobody knows', async () => {
    const node = { hasFailed: true, bmcIp: '10.6.0.2', hostname: 'cn-2', message: 'no report' };
    const untold = /does not record the outcome of each node \\\(3\\\)/;
    const whole = /Nothing is left: the stage succeeded as a whole.*to do next\n\nNothing.*Verify/s;
    const unknown = /It is unknown which nodes are left, out of 3/;
    const cases: readonly (readonly [StageBackend, StageName, StageEvent, readonly RegExp[]])[] = [
      ['direct', 'validate', tested('PASSED'), [untold, whole]],
      ['direct', 'validate', tested('FAILED'), [untold, unknown, /Find out why the stage failed/]],
      [
        'direct',
        'validate',
        tested('FAILED', 'asked'),
        [unknown, /somebody stopped it/, /Run the same stage again: it/],
      ],
      ['direct', 'deploy', deployed('deployed'), [untold, whole]],
      [
        'direct',
        'deploy',
        deployed('preflight-failed'),
        [/Not tried: cn\\-1, cn\\-2, cn\\-3/, /Find out why the stage/],
      ],
      [
        'direct',
        'deploy',
        deployed('stopped'),
        [/Not tried: cn\\-1, cn\\-2/, /somebody stopped it/, /Run the same stage/],
      ],
      ['oim', 'deploy', onServer('succeeded'), [untold, whole]],
      ['oim', 'restart', onServer('succeeded'), [untold, whole]],
      [
        'oim',
        'restart',
        onServer('succeeded', [node]),
        [/outcome of each node \\\(2\\\)/, /Failed: cn\\-2/, /Follow the advice/],
      ],
      ['oim', 'restart', onServer('failed'), [untold, unknown, /Find out why the stage failed/]],
      [
        'oim',
        'restart',
        onServer('failed', [node]),
        [/Failed: cn\\-2/, /which nodes are left, out of 2/, /Follow the advice/],
      ],
      ['oim', 'restart', onServer('left-running'), [untold, unknown, /Check on the management server/]],
      ['oim', 'restart', onServer('unknown'), [untold, unknown, /Check on the management server/]],
      ['oim', 'restart', onServer('not-started'), [untold, unknown, /Find out why the stage failed/]],
    ];
    for (const [backend, stage, event, parts] of cases) {
      const disk = new Disk();
      await disk.run([event], { backend, stage });
      const [run] = await disk.runs();
      assert.ok(run);
      const note = String(handoverNote(run));
      const about = `${backend} ${stage} ${JSON.stringify(event)}\n${note}`;
      for (const part of parts) assert.match(note, part, about);
      if (backend === 'oim' || stage === 'validate') assert.doesNotMatch(note, /Not tried:|0 of 3/, about);
    }
  });

  test('a node tells its last reset: when, who, why', async () => {
    const disk = new Disk();
    await disk.run(usual);
    const last = lastResets(await disk.runs());
    assert.deepEqual([...last.keys()], ['10.6.0.1', '10.6.0.2']);
    const told = last.get('10.6.0.2');
    assert.ok(told);
    const words = 'Last reset: 2026-04-10T16:00:00.000Z by ada on desk, because: failed in the last run.';
    assert.equal(lastResetText(told, renderMessage), words);
  });

  test('a run that was killed says how to go on; one that was refused before anything was touched has none', async () => {
    const disk = new Disk();
    await disk.run(usual.slice(0, -1));
    const [run] = await disk.runs();
    assert.ok(run);
    assert.match(String(handoverNote(run)), /Check whether a process still runs it/);
    const refused = new Disk();
    await refused.run([]);
    assert.deepEqual(await refused.runs(), []);
  });

  test('two runs at once write two files, and an older one stays as it is', async () => {
    const disk = new Disk();
    await Promise.all([disk.run(usual), disk.run(usual)]);
    const before = disk.texts;
    assert.equal(before.length, 2);
    await disk.run(usual);
    assert.deepEqual(disk.texts.slice(0, 2), before);
  });

  test('of five hundred runs the oldest goes', async () => {
    const disk = new Disk();
    for (let n = 0; n < 500; n++)
      disk.fs.files.set(`${place.folder}/20200101T${String(n).padStart(6, '0')}Z-restart-x.ndjson`, '');
    disk.fs.files.set(`${place.folder}/somebodyElses.txt`, '');
    await disk.run(usual);
    assert.equal(disk.fs.files.size, 501);
    assert.equal(disk.fs.files.has(`${place.folder}/20200101T000000Z-restart-x.ndjson`), false);
  });

  test('has no secret, whatever the secret is', () => {
    for (const secret of ['calvin-of-99', 'result', 'failed"x']) {
      secretsInUse.add(secret);
      const names = { bmcIp: '10.6.0.1', hostname: 'cn-1' } as const;
      const record: HistoryRecord = {
        type: 'node',
        at,
        ...names,
        status: 'failed',
        message: `said ${secret}`,
        advice: '',
      };
      const line = historyLine(record, (text) => secretsInUse.clean(text));
      assert.ok(!line.includes(`said ${secret}`), line);
      assert.equal(readHistory(line).length, 1, 'and it can still be read');
      secretsInUse.forget(secret);
    }
  });
});

suite('whatever becomes of the disk', () => {
  const faults = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 });

  test('the run is the same, and what could be written is whole; what failed for a while is written later', async () => {
    await fc.assert(
      fc.asyncProperty(faults, fc.nat(40), async (fails, torn) => {
        const disk = new Disk();
        let operations = 0;
        const { fs } = disk;
        fs.disturb = (operation, file) => {
          const isBad = fails[operations++ % fails.length] ?? false;
          if (!isBad || operations > 60) return;
          if (operation === 'writeAt') fs.files.set(file, (fs.files.get(file) ?? '') + '{"type":"note"'.slice(0, torn));
          fail('ENOSPC');
        };
        assert.equal(await disk.run(usual), `${String(usual.length)} events`);
        fs.disturb = () => undefined;
        const written = disk.texts.flatMap((text) => readHistory(text));
        const all = ['run', 'reset', 'node', 'reset', 'node', 'end'];
        assert.deepEqual(
          written.map(({ type }) => type),
          all.slice(0, written.length),
          'in their order, none doubled or torn',
        );
        if (written.length < all.length) assert.equal(disk.failures.length, 1, 'what is missing is said');
        if (!fails.includes(true)) assert.deepEqual([written.length, disk.failures.length], [all.length, 0]);
      }),
      { numRuns: 100 },
    );
  });

  test('a folder that cannot be written is said once, and the run goes on', async () => {
    const disk = new Disk();
    disk.fs.disturb = () => fail('EROFS');
    assert.equal(await disk.run(usual), `${String(usual.length)} events`);
    assert.deepEqual([disk.failures.length, disk.fs.files.size], [1, 0]);
  });

  for (const hangs of ['mkdir', 'writeAt', 'close', 'nothing']) {
    test(`the end waits five seconds of the machine for a disk, no longer, and only what is missing is said: ${hangs}`, async (context) => {
      context.mock.timers.enable({ apis: ['setTimeout'] });
      const disk = new Disk();
      const operations = new Set<string>();
      disk.fs.disturb = (operation) => {
        operations.add(operation);
        if (operation === hangs) disk.isAlive = false;
      };
      const all = `${String(usual.length)} events`;
      const ended = disk.run(usual);
      // By then all work in memory has finished.
      for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
      assert.equal(await Promise.race([ended, Promise.resolve('waits')]), hangs === 'nothing' ? all : 'waits');
      context.mock.timers.tick(5_000);
      assert.equal(await ended, all);
      assert.equal(disk.failures.length, hangs === 'mkdir' || hangs === 'writeAt' ? 1 : 0);
      assert.deepEqual(
        [operations.has('sync'), disk.clock.now()],
        [false, Date.parse(at)],
        'the clock of a test is left alone',
      );
    });
  }

  test('after a kill at any moment at most the last line is torn', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.nat(80), async (steps, torn) => {
        const disk = new Disk();
        let left = steps;
        disk.fs.tornUnits = torn;
        const killed = new Promise<void>((resolve) => {
          disk.fs.disturb = () => {
            if (left-- > 0) return;
            disk.isAlive = false;
            resolve();
          };
        });
        await Promise.race([disk.run(usual), killed]);
        disk.fs.disturb = () => undefined;
        const lines = disk.texts.flatMap((text) => text.split('\n').slice(0, -1));
        assert.equal(
          lines.flatMap((line) => readHistory(line)).length,
          lines.length,
          'each line but the last is whole',
        );
        for (const text of disk.texts)
          assert.ok(text === '' || runHistoryOf('x', text) !== undefined || !text.includes('\n'));
      }),
      { numRuns: 100 },
    );
  });
});
