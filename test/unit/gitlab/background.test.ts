import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BackgroundWatch, backgroundDelayMs } from '@omnia-buildstream/gitlab/poll/background';
import { FakeClock } from '../../support/time/fakeClock.ts';

const minuteMs = 60_000;

test('what is waited for while nobody looks is asked about every 30 to 60 s, and nothing without that', async () => {
  const clock = new FakeClock();
  const seen = { polls: 0 };
  let isWanted = false;
  const poll = (): Promise<void> => {
    seen.polls += 1;
    return Promise.resolve();
  };
  const polls = (): number => seen.polls;
  const watch = new BackgroundWatch({ clock, random: () => 0.5, isWanted: () => isWanted, poll });
  await clock.advance(10 * minuteMs);
  assert.equal(polls(), 0);
  isWanted = true;
  await clock.advance(10 * minuteMs);
  assert.ok(polls() >= 10 && polls() <= 20, String(polls()));
  watch.dispose();
  const before = polls();
  await clock.advance(10 * minuteMs);
  assert.equal(polls(), before);
});

test('a server that does not answer is asked less and less, every ten minutes at the least', async () => {
  assert.deepEqual(
    [backgroundDelayMs(0, 0), backgroundDelayMs(0, 1), backgroundDelayMs(1, 0)],
    [30_000, 60_000, 60_000],
  );
  assert.equal(backgroundDelayMs(50, 1), 600_000);
  const clock = new FakeClock();
  let polls = 0;
  const poll = (): Promise<void> => {
    polls += 1;
    return Promise.reject(new Error('away'));
  };
  const watch = new BackgroundWatch({ clock, random: () => 0, isWanted: () => true, poll });
  await clock.advance(60 * minuteMs);
  assert.ok(polls >= 8 && polls <= 12, String(polls));
  watch.dispose();
});
