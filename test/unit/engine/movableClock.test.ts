import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { MovableClock } from '@omnia-buildstream/engine/time/movableClock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { settle } from '../../support/time/fakeClock.ts';

/** Never advances on its own, so that only the test's moves count. */
const still = { now: () => 0, monotonic: () => 0 };

test('whoever sleeps wakes when so much time has been moved on, in the order of the times, and not before', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1_000, max: 100_000 }), { maxLength: 8 }),
      fc.array(fc.integer({ min: 0, max: 50_000 }), { maxLength: 8 }),
      async (naps, moves) => {
        const clock = new MovableClock(still);
        const end = new AbortController();
        const awake: number[] = [];
        for (const ms of naps) {
          clock.sleep(ms, end.signal).then(
            () => awake.push(ms),
            () => undefined,
          );
        }
        for (const ms of moves) {
          clock.passMs(ms);
          await settle();
          assert.deepEqual(
            [...awake].sort((a, b) => a - b),
            naps.filter((nap) => nap <= clock.monotonic()).sort((a, b) => a - b),
          );
        }
        assert.equal(clock.now(), clock.monotonic());
        end.abort();
        await settle();
      },
    ),
    { numRuns: 50 },
  ));

test('who woke by one move wakes in the order of the times', async () => {
  const clock = new MovableClock(still);
  const awake: number[] = [];
  for (const ms of [3_000, 1_000, 2_000]) void clock.sleep(ms).then(() => awake.push(ms));
  clock.passMs(10_000);
  await settle();
  assert.deepEqual(awake, [1_000, 2_000, 3_000]);
});

test('a sleep that is ended rejects with the reason, and its time coming wakes nobody', async () => {
  const clock = new MovableClock(still);
  const end = new AbortController();
  const asleep = clock.sleep(1_000, end.signal);
  end.abort(new Error('enough'));
  await assert.rejects(asleep, /enough/);
  clock.passMs(2_000);
  await assert.rejects(clock.sleep(1, end.signal), /enough/);
});

test('it runs by itself as the other clock does', async () => {
  let now = 5;
  const clock = new MovableClock({ now: () => now, monotonic: () => now });
  clock.passMs(10);
  now += 1;
  assert.equal(clock.now(), 16);
  const own = new MovableClock(systemClock);
  const startMs = own.monotonic();
  await own.sleep(2);
  assert.ok(own.monotonic() - startMs >= 2);
});

test('a timer that ends while the other clock stands wakes nobody before their time', async () => {
  let now = 0;
  const clock = new MovableClock({ now: () => now, monotonic: () => now });
  let isAwake = false;
  const asleep = clock.sleep(1).then(() => (isAwake = true));
  // The machine's own time passes well beyond the timer.
  await systemClock.sleep(20);
  assert.equal(isAwake, false);
  now = 1;
  await asleep;
});
