import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { nextDelayMs, type PollHistory } from '@omnia-buildstream/gitlab/poll/delay';
import { Poller, type PollResult } from '@omnia-buildstream/gitlab/poll/poller';
import { FakeClock, settle } from '../../support/time/fakeClock.ts';

const minuteMs = 60_000;

function start(results: () => PollResult | Promise<PollResult> = () => ({ activity: 'running', isChanged: false })) {
  const clock = new FakeClock();
  const state: { polls: number; errors: unknown[]; aborted: number } = { polls: 0, errors: [], aborted: 0 };
  const poller = new Poller({
    clock,
    random: () => 0.5,
    poll: async (signal) => {
      state.polls += 1;
      signal.addEventListener('abort', () => (state.aborted += 1));
      return results();
    },
    onError: (error) => state.errors.push(error),
  });
  return { clock, state, poller };
}

function failure(reason: 'rate-limited' | 'signed-out' | 'not-reachable', retryAfterMs?: number) {
  return new GitLabError(reason, { method: 'GET', path: '/x', effect: 'none', retryAfterMs });
}

test('hidden, unfocused or signed out: not one request in a minute', async () => {
  for (const [isVisible, isFocused, isSignedIn] of [
    [false, true, true],
    [true, false, true],
    [true, true, false],
  ] as const) {
    const { clock, state, poller } = start();
    poller.setVisible(isVisible);
    poller.setFocused(isFocused);
    poller.setSignedIn(isSignedIn);
    await clock.advance(minuteMs);
    assert.equal(state.polls, 0);
  }
});

test('hiding a view that polls stops it, showing it again goes on', async () => {
  const { clock, state, poller } = start();
  poller.setVisible(true);
  poller.setSignedIn(true);
  await clock.advance(20_000);
  const before = state.polls;
  assert.ok(before >= 4 && before <= 7, String(before));
  poller.setVisible(false);
  await clock.advance(minuteMs);
  assert.equal(state.polls, before);
  poller.setVisible(true);
  await settle();
  assert.equal(state.polls, before + 1);
});

test('showing and hiding in turn does not make more requests', async () => {
  const { clock, state, poller } = start();
  poller.setSignedIn(true);
  for (let index = 0; index < 100; index += 1) {
    poller.setVisible(true);
    await clock.advance(10);
    poller.setVisible(false);
  }
  assert.ok(state.polls <= 2, String(state.polls));
});

test('while something runs every 3 to 5 s; then slower up to 30 s; up to a minute when all is over', () => {
  const history = (activity: PollHistory['activity'], unchangedPolls: number): PollHistory => ({
    activity,
    unchangedPolls,
    failedPolls: 0,
    lastError: undefined,
  });
  assert.equal(nextDelayMs(history('running', 50), 0), 3000);
  assert.equal(nextDelayMs(history('running', 0), 1), 5000);
  assert.equal(nextDelayMs(history('waiting', 0), 0), 5000);
  assert.equal(nextDelayMs(history('waiting', 99), 0), 30_000);
  assert.equal(nextDelayMs(history('idle', 99), 0), 60_000);
  assert.ok(nextDelayMs(history('idle', 99), 1) > 60_000, 'jitter');
});

test('a 429 is honoured, also over hiding, showing and waking', async () => {
  let error: Error | undefined = failure('rate-limited', 40_000);
  const { clock, state, poller } = start(() => {
    if (error !== undefined) throw error;
    return { activity: 'running', isChanged: false };
  });
  poller.setVisible(true);
  poller.setSignedIn(true);
  await settle();
  assert.equal(state.polls, 1);
  error = undefined;
  await clock.advance(20_000);
  poller.setVisible(false);
  poller.setVisible(true);
  poller.wake();
  await clock.advance(15_000);
  assert.equal(state.polls, 1);
  await clock.advance(20_000);
  assert.notEqual(state.polls, 1);
});

test('failures are told and make it slower', async () => {
  const { clock, state, poller } = start(() => Promise.reject(failure('not-reachable')));
  poller.setVisible(true);
  poller.setSignedIn(true);
  await clock.advance(10 * minuteMs);
  assert.ok(state.polls < 14, String(state.polls));
  assert.equal(state.errors.length, state.polls);
});

test('a token that is no good any more stops it until somebody signs in', async () => {
  let isGood = false;
  const { clock, state, poller } = start(() => {
    if (!isGood) throw failure('signed-out');
    return { activity: 'running', isChanged: false };
  });
  poller.setVisible(true);
  poller.setSignedIn(true);
  await clock.advance(10 * minuteMs);
  assert.equal(state.polls, 1);
  isGood = true;
  poller.setSignedIn(true);
  await clock.advance(30_000);
  assert.notEqual(state.polls, 1);
});

test('waking polls at once; disposing ends everything', async () => {
  const { clock, state, poller } = start(() => ({ activity: 'idle', isChanged: false }));
  poller.setVisible(true);
  poller.setSignedIn(true);
  await clock.advance(5000);
  const before = state.polls;
  poller.wake();
  await clock.advance(10);
  assert.equal(state.polls, before + 1);
  poller.dispose();
  poller.setVisible(true);
  await clock.advance(minuteMs);
  assert.equal(state.polls, before + 1);
});

test('hiding ends the request under way', async () => {
  const { state, poller } = start(() => new Promise(() => undefined));
  poller.setVisible(true);
  poller.setSignedIn(true);
  await settle();
  poller.setVisible(false);
  assert.equal(state.aborted, 1);
  assert.equal(state.errors.length, 0);
});
