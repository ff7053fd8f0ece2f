/** Orders and reports, against the API as observed. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { StageRequest } from '@omnia-buildstream/oim/api/oimClient';
import type { OimStageEvent, OimStageSummary } from '@omnia-buildstream/oim/events';
import { runOimStage } from '@omnia-buildstream/oim/stage/runOimStage';
import { defaultFollowSettings } from '@omnia-buildstream/oim/stage/settings';
import type { UploadLog } from '@omnia-buildstream/oim/stage/uploadLog';
import { VirtualClock } from '../../support/engine/virtualClock.ts';
import { FoundApi } from '../../support/foundApi.ts';
import { noUploads } from '../../support/oimStage.ts';

const requests = {
  deploy: { stage: 'deploy', imageGroupId: 'G' },
  restart: { stage: 'restart' },
  validate: { stage: 'validate', scenarioNames: ['provision'], testSuite: 'build_stream', timeoutMinutes: 120 },
} as const satisfies Record<string, StageRequest>;
const files = [{ name: 'pxe_mapping_file.csv', content: Buffer.from('HOSTNAME\n') }];

function setUp() {
  const clock = new VirtualClock();
  const api = new FoundApi(clock);
  const events: OimStageEvent[] = [];
  const run = (stage: keyof typeof requests, uploads: UploadLog = noUploads): Promise<OimStageSummary> =>
    runOimStage({
      client: api,
      jobId: api.job_.id,
      imageGroup: 'G',
      request: requests[stage],
      mayOrder: true,
      files,
      uploads,
      clock,
      settings: defaultFollowSettings,
      emit: (event) => events.push(event),
      signal: new AbortController().signal,
    });
  const notes = (): string => events.map((event) => (event.type === 'stage-note' ? event.text : '')).join('\n');
  return { api, clock, notes, run };
}

suite('the order of the stages is kept before anything is sent', () => {
  for (const [what, stages, stage, said] of [
    ['never deployed', {}, 'restart', /deploy stage of this job is PENDING/],
    ['whose deploy failed', { deploy: 'FAILED' }, 'restart', /deploy stage of this job is FAILED/],
    [
      'whose deploy runs',
      { deploy: 'IN_PROGRESS' },
      'restart',
      /deploy stage of this job is running on the same nodes.* check the playbook watcher and the queue/,
    ],
    ['whose nodes were not restarted', { deploy: 'COMPLETED' }, 'validate', /restart stage of this job is PENDING/],
    ['whose restart failed', { deploy: 'COMPLETED', restart: 'FAILED' }, 'validate', /restart .* is FAILED/],
    ['whose tests run', { deploy: 'COMPLETED', validate: 'IN_PROGRESS' }, 'restart', /validate .* is running on/],
    ['that is not built', { 'build-image-x86_64': 'FAILED' }, 'deploy', /No image build .* COMPLETED/],
  ] as const) {
    test(`${stage} of a job ${what}`, async () => {
      const { api, run } = setUp();
      for (const [name, state] of Object.entries(stages)) api.set(name, { state });
      const summary = await run(stage);
      assert.equal(summary.outcome, 'not-started');
      assert.match(summary.message, said);
      assert.deepEqual([api.ordered, api.uploads], [[], []]);
    });
  }

  test('deploy, restart, validate in their order send their files each time', async () => {
    const { api, run } = setUp();
    for (const stage of ['deploy', 'restart', 'validate'] as const)
      assert.equal((await run(stage)).outcome, 'succeeded');
    assert.deepEqual(api.ordered, ['deploy', 'restart', 'validate']);
    assert.equal(api.uploads.length, 3);
  });
});

suite('an answer that proves nothing', () => {
  for (const stage of ['deploy', 'restart', 'validate'] as const) {
    test(`500 after ${stage} was queued is unknown, told with its reason, and never sent again`, async () => {
      const { api, run } = setUp();
      api.set('deploy', { state: 'COMPLETED' });
      api.set('restart', { state: 'COMPLETED' });
      api.failsAfterQueueing = true;
      const summary = await run(stage);
      assert.equal(summary.outcome, 'unknown');
      assert.doesNotMatch(summary.message, /[Nn]othing was started/);
      assert.match(summary.message, /It is unknown whether .* is running.*INTERNAL_ERROR/);
      assert.deepEqual(api.ordered, [stage]);
    });
  }
});

suite('an order is open until it is answered', () => {
  /** Records open orders as they are written down. */
  function logged(open: string[]): UploadLog {
    return {
      ...noUploads,
      ordering: (_, { stage }) => Promise.resolve(void open.push(stage)),
      answered: () => Promise.resolve(void open.pop()),
    };
  }

  for (const [what, change, left] of [
    ['accepted', () => undefined, []],
    ['refused', (api: FoundApi) => (api.refuses = true), []],
    ['unknown', (api: FoundApi) => (api.failsAfterQueueing = true), ['restart']],
  ] as const) {
    test(`one that is ${what}`, async () => {
      const { api, run } = setUp();
      api.set('deploy', { state: 'COMPLETED' });
      change(api);
      const open: string[] = [];
      await run('restart', logged(open));
      assert.deepEqual([open, api.ordered], [left, ['restart']]);
    });
  }

  test('nothing is ordered that cannot be written down first', async () => {
    const { api, run } = setUp();
    const full = { ...noUploads, ordering: () => Promise.reject(new Error('no space left')) };
    await assert.rejects(run('deploy', full), /no space left/);
    assert.deepEqual(api.ordered, []);
  });
});

suite('a finished job', () => {
  const finished = () => {
    const world = setUp();
    world.api.set('deploy', { state: 'COMPLETED' });
    world.api.set('restart', { state: 'COMPLETED' });
    world.api.job_ = { ...world.api.job_, state: 'SUCCEEDED' };
    return world;
  };
  const sameFiles: UploadLog = { ...noUploads, isUploaded: () => Promise.resolve(true) };

  for (const stage of ['restart', 'validate'] as const) {
    test(`${stage} with other files is not requested when it takes none, and a new build is named`, async () => {
      const { api, run } = finished();
      const summary = await run(stage);
      assert.equal(summary.outcome, 'not-started');
      assert.match(summary.message, /Nothing was started.*takes no more files.*run a new build/);
      assert.deepEqual(api.ordered, []);
    });

    test(`${stage} with the files that it has is requested without them`, async () => {
      const { api, notes, run } = finished();
      assert.equal((await run(stage, sameFiles)).outcome, 'succeeded');
      assert.match(notes(), /has these files already/);
      assert.deepEqual(api.ordered, [stage]);
    });

    test(`${stage} goes on as usual where a finished job is taken up again`, async () => {
      const { api, run } = finished();
      api.takesUpAgain = true;
      assert.equal((await run(stage)).outcome, 'succeeded');
      assert.deepEqual([api.ordered, api.uploads.length], [[stage], 1]);
    });
  }

  test('deploy is not requested without its files, even the same', async () => {
    const { api, run } = finished();
    assert.equal((await run('deploy', sameFiles)).outcome, 'not-started');
    assert.deepEqual(api.ordered, []);
  });
});

suite('a stage of the API as it was found', () => {
  test('that hangs is told with where to look, once', async () => {
    const { api, notes, run } = setUp();
    api.end = undefined;
    const summary = await run('deploy');
    assert.equal(summary.outcome, 'left-running');
    assert.equal(notes().match(/longer than its playbook may run \(60 min\)/g)?.length, 1);
    assert.match(notes(), /playbook watcher and the queue/);
  });

  test('tells of the nodes what this attempt left, and that an earlier one left something else', async () => {
    const { api, clock, notes, run } = setUp();
    api.set('deploy', { state: 'COMPLETED' });
    api.end = { state: 'FAILED', errorCode: 'PLAYBOOK_EXECUTION_FAILED', errorSummary: 'Playbook exited with code 2' };
    const nodes = [{ bmcIp: '10.6.0.2', hostname: 'cn-2', hasFailed: true, message: '' }];
    api.results = { at: clock.now() - 60_000, nodes };
    const old = await run('restart');
    assert.equal(old.nodes, undefined);
    assert.doesNotMatch(old.message, /cn-2/);
    assert.match(
      notes(),
      /single nodes on the management server are of \d{4}-.*Z, before this attempt began: they say nothing about this one/,
    );
    api.results = { at: clock.now() + 600_000, nodes };
    const fresh = await run('restart');
    assert.deepEqual(fresh.nodes, nodes);
    assert.match(fresh.message, /usually some nodes failed.*1 of 1 nodes failed: cn-2\./);
  });
});
