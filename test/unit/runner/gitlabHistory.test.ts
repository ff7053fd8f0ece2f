import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { handoverNote } from '@omnia-buildstream/core/history/handoverNote';
import { readHistory } from '@omnia-buildstream/core/history/historyRecord';
import { lastResetText } from '@omnia-buildstream/core/history/lastResetText';
import { lastResets, type RunHistory } from '@omnia-buildstream/core/history/runHistory';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { thrownEnd, writeEnd } from '@omnia-buildstream/gitlab/omnia/writeEnd';
import { actRecorded, type AgreedAct } from '@omnia-buildstream/runner/history/actRecorded';
import { thisMachine } from '@omnia-buildstream/runner/machine';
import { readRuns } from '@omnia-buildstream/runner/history/readRuns';
import { runRecorded } from '@omnia-buildstream/runner/history/runRecorded';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import { fc } from '../../support/properties/fastCheck.ts';
import { fail, MemoryFs } from '../../support/engine/memoryFs.ts';
import { VirtualClock } from '../../support/engine/virtualClock.ts';

const { processes } = thisMachine;
const at = '2026-04-10T16:00:00.000Z';
const place = { folder: '/history', within: '/history' };
const by = { user: 'ada', host: 'desk', gitlabUser: 'ada.l', program: 'editor', version: '1.0' };
const answers = [{ question: 'Run deploy?', answer: 'PXE-Boot 2 Nodes' }];

function target(n: number): StagePlan['nodes'][number] {
  const names = {
    hostname: `cn-${String(n)}`,
    serviceTag: '',
    functionalGroup: 'slurm_node_x86_64',
    groupName: 'grp1',
  };
  const why = phrase('new in the mapping file');
  return { target: { ...names, bmcIp: `10.6.0.${String(n)}`, adminIp: '', adminMac: '', line: n }, why };
}

const plan: StagePlan = {
  stage: 'deploy',
  backend: 'gitlab',
  imageGroup: 'G',
  jobId: 'job',
  restart: undefined,
  nodes: [1, 2].map(target),
  files: [],
  notes: [phrase('Nodes boot {image} now.', { image: 'F' })],
  obstacles: [],
  identity: 'ab'.repeat(32),
};

const play: AgreedAct = {
  act: 'play',
  server: 'https://gitlab.example.com/root/omnia',
  subject: 'deploy #33 in pipeline #12',
  shown: ['Deploys G', 'Restarts 2 nodes'],
  plan,
  touches: false,
};

type Write = Parameters<typeof writeEnd>[0];

/** A disk and a clock, with acts recorded on them. */
class Disk {
  readonly fs = new MemoryFs();
  readonly clock = new VirtualClock();
  readonly failures: unknown[] = [];
  isAlive = true;
  #ids = 0;

  get machine() {
    const newId = (): string => `id${String(++this.#ids)}`;
    return { clock: this.clock, fs: this.fs.view(() => this.isAlive), newId, processes, runsFolder: () => '/runs' };
  }

  get recorded() {
    return {
      place,
      by,
      answers,
      others: { places: [], unseen: () => undefined },
      failed: (error: unknown): void => void this.failures.push(error),
    };
  }

  send(write: () => Promise<Write>, act: AgreedAct = play): Promise<Write> {
    return actRecorded(act, this.recorded, this.machine, write, (how) =>
      'end' in how ? writeEnd(how.end) : thrownEnd(how.error),
    );
  }

  get texts(): string[] {
    return [...this.fs.files].flatMap(([name, text]) => (name.endsWith('.ndjson') ? [text] : []));
  }

  async runs(): Promise<RunHistory[]> {
    const runs: RunHistory[] = [];
    for await (const file of readRuns(place, { fs: this.fs.view(() => true) })) {
      if (file.kind === 'read') runs.push(file.run);
    }
    return runs;
  }
}

const lost = new GitLabError('timed-out', { method: 'POST', path: '/jobs/33/play', effect: 'possible' });
const denied = new GitLabError('refused', { method: 'POST', path: '/jobs/33/play', status: 403, effect: 'none' });
const job = { kind: 'done', value: { id: 33, name: 'deploy' } } as const;
const commit = { kind: 'done', value: { commit: { id: '0123456789abcdef' }, check: { kind: 'same' } } } as const;

suite('what GitLab is told from here', () => {
  test('is in the history: who, as whom, what the question showed, the answer, the result, and what to do next', async () => {
    const disk = new Disk();
    await disk.send(() => Promise.resolve(job));
    const [run] = await disk.runs();
    assert.ok(run);
    assert.deepEqual([run.begun.by, run.begun.answers, run.begun.imageGroup], [by, answers, 'G']);
    const note = String(handoverNote(run));
    for (const part of [
      /^# Run history: run a manual job by ada on desk\n/,
      /As ada\\\.l at GitLab, in `https:\/\/gitlab.example.com\/root\/omnia`/,
      /Target: deploy \\#33 in pipeline \\#12/,
      /run by GitLab, image group G, job job/,
      /Asked "Run deploy\?": PXE\\-Boot 2 Nodes/,
      /## What was shown\n\n- Deploys G\n- Restarts 2 nodes\n- Nodes boot F now/,
      /In GitLab: deploy \\#33/,
      /It is unknown which nodes are left, out of 2/,
      /## What to do next\n\nFollow it in GitLab/,
    ])
      assert.match(note, part);
  });

  test('ends as GitLab answered, refused, or nobody knows', async () => {
    const ends: readonly (readonly [() => Promise<Write>, RegExp, RegExp])[] = [
      [() => Promise.resolve({ kind: 'found', value: { id: 12 } }), /In GitLab: pipeline \\#12/, /Follow it in GitLab/],
      [() => Promise.resolve({ kind: 'not-seen' }), /no response was received/, /Check in GitLab whether/],
      [() => Promise.resolve({ kind: 'unknown' }), /no response was received/, /Check in GitLab whether/],
      [() => Promise.resolve({ kind: 'conflict' }), /somebody else had changed the file/, /Check it in GitLab again/],
      [
        () => Promise.resolve({ kind: 'refused', reason: 'plan-changed' }),
        /its effect had changed/,
        /Check it in GitLab/,
      ],
      [() => Promise.resolve({ kind: 'unchanged' }), /outcome of each node \\\(2\\\)/, /Follow it in GitLab/],
      [() => Promise.resolve({ kind: 'sent', commit, retry: { kind: 'none' } }), /commit 01234567/, /Follow/],
      [
        () => Promise.resolve({ kind: 'sent', commit, retry: { kind: 'failed', error: denied } }),
        /It stopped early: .*403.*\n- In GitLab: commit 01234567/,
        /Check it in GitLab/,
      ],
      [() => Promise.reject(lost), /It stopped early/, /Check in GitLab whether/],
      [() => Promise.reject(denied), /403/, /Check it in GitLab again/],
    ];
    for (const [write, done, next] of ends) {
      const disk = new Disk();
      const ended = disk.send(write);
      await ended.catch(() => undefined);
      const [run] = await disk.runs();
      assert.ok(run);
      const note = String(handoverNote(run));
      assert.match(note.slice(note.indexOf('## What was done')), done);
      assert.match(note.slice(note.indexOf('## What to do next')), next);
    }
  });

  test('is the last reset of its nodes as far as that is known, beside the last that was sent from here', async () => {
    const disk = new Disk();
    const reset: StageEvent = { type: 'node-reset', at, bmcIp: '10.6.0.1', kind: 'ForceRestart' };
    const direct = {
      ...plan,
      stage: 'restart' as const,
      backend: 'direct' as const,
      asks: false,
      run: ({ emit }: { emit: (event: StageEvent) => void }) => {
        emit(reset);
        return Promise.resolve();
      },
    };
    const stage = { ...disk.recorded, by: { ...by, user: 'bob' }, mapping: undefined };
    await runRecorded(direct, { emit: () => undefined }, stage, disk.machine);
    const told = async (n: number): Promise<string> => {
      const last = lastResets(await disk.runs()).get(`10.6.0.${String(n)}`);
      return last === undefined ? '' : lastResetText(last, renderMessage);
    };
    const ofBob = `Last reset: ${at} by bob on desk, because: new in the mapping file.`;
    assert.deepEqual([await told(1), await told(2)], [ofBob, '']);
    await disk.send(() => Promise.resolve({ kind: 'refused', reason: 'plan-changed' }));
    assert.equal(await told(1), ofBob, 'what was refused reset nothing');
    await disk.send(() => Promise.resolve(job));
    const words =
      `Restart started through GitLab: ${at} by ada on desk, as ada.l at GitLab, because: new in the mapping file. ` +
      'Which nodes were reset is known from its job log: deploy #33 in pipeline #12.';
    assert.equal(await told(2), words);
  });

  test('names the nodes that it marks', async () => {
    const disk = new Disk();
    const marked = [{ bmcIp: '10.6.0.2', hostname: 'cn-2' }];
    const act: AgreedAct = { ...play, act: 'mark-and-retry', marked };
    await disk.send(() => Promise.resolve({ kind: 'sent', commit, retry: { kind: 'done', value: { id: 13 } } }), act);
    const [run] = await disk.runs();
    assert.deepEqual(
      run?.nodes.map(({ hostname, action, why }) => [hostname, action, why]),
      [
        ['cn-1', 'run', 'new in the mapping file'],
        ['cn-2', 'leave', 'marked as booted by hand'],
      ],
    );
  });
});

suite('whatever becomes of the disk, GitLab is told the same', () => {
  test('a full disk or a read-only folder is said once, and what could be written is whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), async (fails) => {
        const disk = new Disk();
        let operations = 0;
        disk.fs.disturb = () => {
          if (fails[operations++ % fails.length] === true && operations < 60) fail('ENOSPC');
        };
        assert.equal(await disk.send(() => Promise.resolve(job)), job);
        disk.fs.disturb = () => undefined;
        const types = disk.texts.flatMap((text) => readHistory(text)).map(({ type }) => type);
        assert.deepEqual(types, ['run', 'end'].slice(0, types.length));
        if (types.length < 2) assert.equal(disk.failures.length, 1);
      }),
      { numRuns: 50 },
    );
  });

  test('a kill before the answer leaves what was begun, and says to look', async () => {
    const disk = new Disk();
    let sent: () => void = () => undefined;
    const isSent = new Promise<void>((resolve) => (sent = resolve));
    void disk.send(() => {
      sent();
      return new Promise(() => undefined);
    });
    await isSent;
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    const [run] = await disk.runs();
    assert.ok(run);
    assert.match(String(handoverNote(run)), /It has not ended.*Check in GitLab whether it was carried out/s);
  });

  test('two at once write two files', async () => {
    const disk = new Disk();
    await Promise.all([disk.send(() => Promise.resolve(job)), disk.send(() => Promise.resolve(job))]);
    assert.deepEqual(
      disk.texts.map((text) => readHistory(text).map(({ type }) => type)),
      [
        ['run', 'end'],
        ['run', 'end'],
      ],
    );
  });
});
