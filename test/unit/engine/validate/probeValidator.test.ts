import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { failed, passed, type Finding } from '@omnia-buildstream/engine/validate/check';
import { ProbeValidator } from '@omnia-buildstream/engine/validate/probeValidator';
import type { Probe } from '@omnia-buildstream/engine/validate/probes/prober';
import { defaultRunSettings, type RunSettings } from '@omnia-buildstream/engine/validate/settings';
import { collect, sshChecks } from '../../../support/validate/stage.ts';
import { VirtualClock } from '../../../support/engine/virtualClock.ts';

const down = failed('the connection is refused', 'Look.', true);
const never = new AbortController().signal;

async function run(
  probe: Probe,
  count: number,
  clock: VirtualClock,
  settings: Partial<RunSettings> = {},
  signal = never,
) {
  const validator = new ProbeValidator(sshChecks(count), probe, clock, { ...defaultRunSettings, ...settings });
  const told = collect();
  await validator.run(told, signal);
  assert.equal(told.tests.length, validator.count, 'every check is told once');
  return told.tests;
}

suite('built-in checks', () => {
  test('no more run at the same time than allowed, and all of them run', async () => {
    const clock = new VirtualClock();
    let [now, most] = [0, 0];
    const probe: Probe = async () => {
      most = Math.max(most, ++now);
      await clock.sleep(1_000);
      now--;
      return passed('up');
    };
    const tests = await run(probe, 50, clock, { concurrency: 7 });
    assert.equal(most, 7);
    assert.ok(tests.every(({ outcome }) => outcome === 'passed'));
  });

  test('a service that comes up in time passes', async () => {
    const clock = new VirtualClock();
    const startMs = clock.monotonic();
    const probe: Probe = () => Promise.resolve(clock.monotonic() - startMs >= 30_000 ? passed('up') : down);
    const [only] = await run(probe, 1, clock);
    assert.equal(only?.outcome, 'passed');
    assert.equal(only.durationMs, 30_000);
  });

  test('one that does not come fails when the time is over, and not later', async () => {
    const clock = new VirtualClock();
    const startMs = clock.monotonic();
    let looks = 0;
    const probe: Probe = () => {
      looks++;
      return Promise.resolve(down);
    };
    const [only] = await run(probe, 1, clock);
    assert.deepEqual([only?.outcome, only?.message, looks], ['failed', 'the connection is refused', 13]);
    assert.equal(clock.monotonic() - startMs, 60_000);
  });

  test('what cannot change is not looked at twice', async () => {
    let looks = 0;
    const wrong: Finding = failed('the name leads elsewhere', 'Correct it.');
    await run(() => (looks++, Promise.resolve(wrong)), 1, new VirtualClock());
    assert.equal(looks, 1);
  });

  test('checks that wait for their next look keep no place from others', async () => {
    const clock = new VirtualClock();
    const order: string[] = [];
    const probe: Probe = ({ hostname }) => {
      order.push(hostname);
      return Promise.resolve(hostname === 'n0' ? down : passed('up'));
    };
    await run(probe, 3, clock, { concurrency: 1, comeUpMs: 10_000 });
    assert.deepEqual(order, ['n0', 'n1', 'n2', 'n0', 'n0']);
  });

  test('a look that does not end is cut off at its limit and fails', async () => {
    const clock = new VirtualClock();
    const [only] = await run(() => new Promise(() => undefined), 1, clock, { comeUpMs: 0 });
    assert.deepEqual([only?.outcome, only?.message], ['failed', 'no result within 10 s']);
  });

  test('a probe that throws is an error of its check only', async () => {
    const probe: Probe = ({ hostname }) =>
      hostname === 'n1' ? Promise.reject(new Error('boom')) : Promise.resolve(passed('up'));
    const tests = await run(probe, 3, new VirtualClock());
    assert.deepEqual(tests.map(({ outcome }) => outcome).sort(), ['error', 'passed', 'passed']);
  });

  test('after an abort every check is told: what was seen stays, the others are skipped', async () => {
    const clock = new VirtualClock();
    const abort = new AbortController();
    const probe: Probe = async ({ hostname }, signal) => {
      if (hostname === 'n2') abort.abort();
      if (hostname === 'n1') await clock.sleep(5_000, signal);
      return hostname === 'n0' ? down : passed('up');
    };
    const tests = await run(probe, 6, clock, { concurrency: 2 }, abort.signal);
    const byName = new Map(tests.map(({ hostname, outcome }) => [hostname, outcome]));
    assert.deepEqual([byName.get('n0'), byName.get('n1'), byName.get('n5')], ['failed', 'skipped', 'skipped']);
  });
});
