import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import type { OimClient, StageRequest } from '@omnia-buildstream/oim/api/oimClient';
import type { OimStageEvent, OimStageSummary } from '@omnia-buildstream/oim/events';
import { runOimStage } from '@omnia-buildstream/oim/stage/runOimStage';
import { defaultFollowSettings } from '@omnia-buildstream/oim/stage/settings';
import { NetworkClock } from '../../support/engine/networkClock.ts';
import { noUploads } from '../../support/oimStage.ts';
import { clientFor, gate, imageGroupId, startOimLab, type OimLab } from '../../support/oimLab.ts';

const network = new NetworkClock();
const deploy = { stage: 'deploy', imageGroupId } as const;
const restart = { stage: 'restart' } as const;
const validate = {
  stage: 'validate',
  scenarioNames: ['provision'],
  testSuite: 'build_stream',
  timeoutMinutes: 120,
} as const;
const deployPost = /^POST .*\/stages\/deploy/;

suite('stages on the management server', () => {
  let lab: OimLab;
  let client: OimClient;
  let events: OimStageEvent[];

  beforeEach(async () => {
    lab = await startOimLab(network);
    client = clientFor(lab);
    events = [];
  });
  afterEach(async () => {
    await client.close();
    await lab.stop();
  });

  const run = (
    request: StageRequest,
    more: Partial<Parameters<typeof runOimStage>[0]> = {},
  ): Promise<OimStageSummary> =>
    runOimStage({
      client,
      jobId: lab.group.jobId,
      imageGroup: imageGroupId,
      request,
      mayOrder: true,
      files: [],
      uploads: noUploads,
      clock: network.clock,
      settings: defaultFollowSettings,
      emit: (event) => events.push(event),
      signal: new AbortController().signal,
      ...more,
    });
  const notes = (): string => events.map((event) => (event.type === 'stage-note' ? event.text : '')).join('\n');

  test('deploy, restart and validate, one after the other, end with the tests', async () => {
    // Only 2.3 reports test results.
    await client.close();
    await lab.stop();
    lab = await startOimLab(network, { version: '2.3' });
    client = clientFor(lab);
    const detail = {
      outcome: 'PASSED',
      test_summary: { total: 12, passed: 11, failed: 0, skipped: 1, errors: 0 },
      report_path: '/opt/omnia/report.json',
    };
    lab.work.scripts.validate = { durationMs: 0, outcomes: [{ succeeded: true, summary: '', resultDetail: detail }] };
    const files = [{ name: 'pxe_mapping_file.csv', content: Buffer.from('HOSTNAME\n') }];
    assert.equal((await run(deploy, { files })).outcome, 'succeeded');
    assert.equal(lab.work.runs[0]?.run.files.get('pxe_mapping_file.csv'), 'HOSTNAME\n');
    assert.equal((await run(restart)).outcome, 'succeeded');
    const last = await run(validate);
    assert.equal(last.outcome, 'succeeded');
    assert.deepEqual(last.tests, { total: 12, passed: 11, failed: 0, skipped: 1, errors: 0 });
    assert.equal(last.reportPath, '/opt/omnia/report.json');
    assert.match(last.message, /11 of 12 tests passed/);
    assert.equal(lab.group.status, 'PASSED');
    assert.deepEqual([events[0]?.type, events.at(-1)?.type], ['stage-started', 'stage-finished']);
  });

  test('a failure tells code, summary and log, and a new attempt is not taken for the old one', async () => {
    const failure = { succeeded: false, summary: '' };
    lab.work.scripts.restart = { durationMs: 20, outcomes: [failure, { succeeded: true, summary: '' }] };
    await run(deploy);
    const first = await run(restart);
    assert.deepEqual([first.outcome, first.errorCode], ['failed', 'PLAYBOOK_EXECUTION_FAILED']);
    assert.match(first.message, /exited with code 2\..*set_pxe_boot\.yml_\d+_\d+_attempt1\.log.*failed_nodes\.json/);
    assert.equal((await run(restart)).outcome, 'succeeded');
    assert.deepEqual(
      lab.work.runs.map(({ stage, run: { attempt } }) => `${stage} ${String(attempt)}`),
      ['deploy 1', 'restart 1', 'restart 2'],
    );
  });

  test('a stage out of order is not even requested, and told is which one is missing', async () => {
    const early = await run(restart);
    assert.equal(early.outcome, 'not-started');
    assert.match(early.message, /The deploy stage of this job is PENDING; it has to be COMPLETED first/);
    await run(deploy);
    assert.match((await run(validate)).message, /The restart stage of this job is PENDING/);
    assert.deepEqual(lab.oim.begun, [`deploy ${lab.group.jobId}`]);
  });

  for (const fault of [
    { kind: 'cut', when: 'after' },
    { kind: 'bad-gateway', when: 'after' },
    { kind: 'too-many', retryAfterSeconds: 1 },
    { kind: 'expire-tokens' },
  ] as const) {
    test(`exactly one deploy runs after ${JSON.stringify(fault)} on its order`, async () => {
      lab.work.scripts.deploy = { durationMs: 50 };
      lab.faults.add({ ...fault, on: deployPost });
      assert.equal((await run(deploy)).outcome, 'succeeded', notes());
      assert.deepEqual(lab.oim.begun, [`deploy ${lab.group.jobId}`]);
    });
  }

  for (const kind of ['cut', 'bad-gateway'] as const) {
    test(`an order after which the job shows nothing (${kind}) is unknown and not sent again`, async () => {
      lab.faults.add({ kind, when: 'before', on: deployPost, times: 9 });
      const summary = await run(deploy);
      assert.equal(summary.outcome, 'unknown');
      assert.doesNotMatch(summary.message, /Nothing was started/);
      assert.match(summary.message, /It is unknown whether the deploy stage is running/);
      assert.equal(lab.server.seen.filter((line) => deployPost.test(line)).length, 1);
    });
  }

  test('an order whose fate nobody knows is not repeated', async () => {
    lab.faults.add({ kind: 'cut', when: 'after', on: deployPost });
    const settings = { ...defaultFollowSettings, lookMs: 100_000 };
    const outcome = run(deploy, {
      settings,
      client: {
        upload: (...args) => client.upload(...args),
        startStage: (...args) => client.startStage(...args),
        nodeResults: (...args) => client.nodeResults(...args),
        job: async (...args) => {
          const job = await client.job(...args);
          lab.faults.add({ kind: 'bad-gateway', when: 'before', on: /^GET/, times: 1_000 });
          return job;
        },
      },
    });
    assert.equal((await outcome).outcome, 'unknown');
    assert.equal(lab.server.seen.filter((line) => deployPost.test(line)).length, 1);
  });

  test('tokens that expire and an API that is away for a while do not disturb a running stage', async () => {
    lab.work.scripts.deploy = { durationMs: 400 };
    let isDown = false;
    const summary = run(deploy, {
      emit: (event) => {
        events.push(event);
        if (isDown || event.type !== 'stage-note' || !event.text.includes('accepted')) return;
        isDown = true;
        lab.faults.add({ kind: 'bad-gateway', when: 'before', on: /^GET/, times: 8 });
        lab.oim.clients.expireTokens();
      },
    });
    assert.equal((await summary).outcome, 'succeeded', notes());
    assert.match(notes(), /asked again/);
    assert.match(notes(), /The API is responding again/);
    assert.equal(lab.oim.begun.length, 1);
  });

  test('no longer following leaves the stage running; the same command follows it again', async () => {
    const { until, release } = gate();
    lab.work.scripts.deploy = { durationMs: 0, until };
    const stop = new AbortController();
    const left = await run(deploy, {
      signal: stop.signal,
      emit: (event) => {
        if (event.type === 'stage-note' && event.text.includes('accepted')) stop.abort();
      },
    });
    assert.equal(left.outcome, 'left-running');
    const followed = await run(deploy, {
      emit: (event) => {
        if (event.type === 'stage-note' && event.text.includes('already running')) release();
      },
    });
    assert.equal(followed.outcome, 'succeeded');
    assert.equal(lab.oim.begun.length, 1);
  });

  test('a stage that ends between two looks is not ordered again by who only wanted to follow it', async () => {
    await run(deploy);
    assert.equal((await run(deploy, { mayOrder: false })).outcome, 'succeeded');
    assert.equal(lab.oim.begun.length, 1);
  });

  test('a stage that takes too long is left running', async () => {
    const { until, release } = gate();
    lab.work.scripts.deploy = { durationMs: 0, until };
    const overdue = await run(deploy, { settings: { ...defaultFollowSettings, deadlineMs: 60_000 } });
    assert.equal(overdue.outcome, 'left-running');
    assert.match(overdue.message, /within 1 min/);
    release();
  });

  test('an upload that fails starts nothing', async () => {
    lab.faults.add({ kind: 'bad-gateway', when: 'after', on: /upload/ });
    const failed = await run(deploy, { files: [{ name: 'a.yml', content: Buffer.from('a') }] });
    assert.equal(failed.outcome, 'not-started');
    assert.deepEqual(lab.oim.begun, []);
  });
});
