import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { OimStage } from '@omnia-buildstream/oim/model/job';
import { followStage } from '@omnia-buildstream/oim/stage/followStage';
import { defaultFollowSettings } from '@omnia-buildstream/oim/stage/settings';
import { VirtualClock } from '../../support/engine/virtualClock.ts';
import { oimJob, oimStage } from '../../support/oimStage.ts';

const stage = (state: string, startedAt?: number) => oimStage({ state, startedAt });

/** Follows a job whose stage is what `at` returns for the elapsed time. */
async function follow(at: (elapsedMs: number) => OimStage | undefined, before?: OimStage) {
  const clock = new VirtualClock();
  const startMs = clock.monotonic();
  const looks: number[] = [];
  const changes: string[] = [];
  const stuck: number[] = [];
  const ended = await followStage(
    {
      client: {
        job: () => {
          looks.push(clock.monotonic() - startMs);
          const now = at(clock.monotonic() - startMs);
          return Promise.resolve(oimJob({ stages: now === undefined ? [] : [now] }));
        },
      },
      jobId: 'j',
      stage: 'deploy',
      before,
      clock,
      settings: defaultFollowSettings,
      onChange: ({ state }) => changes.push(state),
      onOutage: () => assert.fail(),
      onBack: () => assert.fail(),
      limitMs: 3_600_000,
      onStuck: (runsMs) => stuck.push(runsMs),
    },
    new AbortController().signal,
  );
  return { ended, looks, changes, stuck, tookMs: clock.monotonic() - startMs };
}

suite('following a stage', () => {
  test('looks every 5 s at first, and less and less often while nothing changes', async () => {
    const { ended, looks } = await follow((ms) => stage(ms < 600_000 ? 'IN_PROGRESS' : 'COMPLETED', 1));
    assert.equal(ended?.state, 'COMPLETED');
    assert.equal(looks[1], 5_000);
    assert.ok(looks.length < 30, String(looks.length));
    assert.ok(looks.every((at, index) => at - (looks[index - 1] ?? at) <= 30_000));
  });

  test('the end of the attempt before is not taken for the end of this one', async () => {
    const before = stage('FAILED', 1);
    const { ended, changes } = await follow((ms) => (ms < 12_000 ? before : stage('COMPLETED', 2)), before);
    assert.equal(ended?.startedAt, 2);
    assert.deepEqual(changes, ['COMPLETED']);
  });

  test('a state that nobody knows has not ended', async () => {
    const { ended, changes } = await follow((ms) => stage(ms < 20_000 ? 'HUMMING' : 'SKIPPED'));
    assert.equal(ended?.state, 'SKIPPED');
    assert.deepEqual(changes, ['HUMMING', 'SKIPPED']);
  });

  test('says once that a stage is in progress for longer than its playbook may run', async () => {
    const { stuck, ended } = await follow(() => stage('IN_PROGRESS'));
    assert.equal(ended, undefined);
    assert.equal(stuck.length, 1);
    assert.ok((stuck[0] ?? 0) > 3_600_000 && (stuck[0] ?? 0) < 3_700_000, String(stuck[0]));
    assert.deepEqual((await follow((ms) => stage(ms < 3_500_000 ? 'IN_PROGRESS' : 'COMPLETED'))).stuck, []);
  });

  test('counts what ran before anybody looked', async () => {
    const { stuck } = await follow((ms) =>
      stage(ms < 60_000 ? 'IN_PROGRESS' : 'COMPLETED', new VirtualClock().now() - 4_000_000),
    );
    assert.equal(stuck.length, 1);
    assert.ok((stuck[0] ?? 0) < 4_100_000);
  });

  test('gives up following after two hours and a half', async () => {
    const { ended, tookMs } = await follow(() => undefined);
    assert.deepEqual([ended, tookMs], [undefined, 9_000_000]);
  });
});
