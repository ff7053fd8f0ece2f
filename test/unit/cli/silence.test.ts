import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listenForSilence } from '@omnia-buildstream/cli/lab/silence';
import { FakeClock } from '../../support/time/fakeClock.ts';

test('a lab that is asked goes on, and ends when nobody has asked for as long as was said', async () => {
  const clock = new FakeClock();
  let asked = 0;
  let isOver = false;
  const { reached } = listenForSilence(() => asked, 60_000, clockOf(clock));
  void reached.then(() => (isOver = true));
  for (let minute = 0; minute < 5; minute++) {
    await clock.advance(50_000);
    asked++;
  }
  assert.equal(isOver, false);
  await clock.advance(59_000);
  assert.equal(isOver, false);
  await clock.advance(3_000);
  assert.equal(isOver, true);
});

test('a watch that is given up is never over', async () => {
  const clock = new FakeClock();
  let isOver = false;
  const silence = listenForSilence(() => 0, 2_000, clockOf(clock));
  void silence.reached.then(() => (isOver = true));
  await clock.advance(1_500);
  silence.dispose();
  await clock.advance(60_000);
  assert.equal(isOver, false);
});

function clockOf(clock: FakeClock) {
  return {
    now: () => clock.now(),
    monotonic: () => clock.now(),
    sleep: (ms: number, signal?: AbortSignal) => clock.sleep(ms, signal),
  };
}
