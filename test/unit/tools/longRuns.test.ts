import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LongRuns } from '@omnia-buildstream/cli/mcp/longRuns';
import { answer, type Part, type ToolAnswer } from '@omnia-buildstream/tools/answer';
import { FakeClock } from '../../support/time/fakeClock.ts';

const wordsOf = (parts: readonly Part[]) => parts.map((part) => ('own' in part ? part.own : '')).join('\n');

/** A change that lasts until it is ended or stopped. */
class Change {
  signal: AbortSignal | undefined;
  end: (answer: ToolAnswer) => void = () => undefined;
  readonly work = (signal: AbortSignal): Promise<ToolAnswer> => {
    this.signal = signal;
    return new Promise((resolve) => {
      this.end = resolve;
      signal.addEventListener('abort', () => {
        resolve(answer({ own: 'stopped' }));
      });
    });
  };
}

function world() {
  const clock = new FakeClock();
  const runs = new LongRuns({
    now: () => clock.now(),
    monotonic: () => clock.now(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
  });
  return { clock, runs, change: new Change(), call: new AbortController() };
}

test('a change that ends soon is told by the call', async () => {
  const { runs, change, call } = world();
  const told = runs.run('Restart', change.work, call.signal);
  change.end(answer({ own: 'done' }));
  assert.equal(wordsOf((await told).parts), 'done');
  assert.deepEqual(runs.news(), []);
});

test('before a client gives up the call is answered; the change goes on, and its end is told once', async () => {
  const { clock, runs, change, call } = world();
  const told = runs.run('Restart', change.work, call.signal);
  await clock.advance(50_000);
  assert.match(wordsOf((await told).parts), /still running/);
  assert.equal(change.signal?.aborted, false);
  assert.match(wordsOf(runs.news()), /Restart: running/);
  const second = await runs.run('Deploy', new Change().work, call.signal);
  assert.ok(second.isError);
  change.end(answer({ own: 'done' }));
  await clock.advance(0);
  assert.match(wordsOf(runs.news()), /Restart: ended\.\ndone/);
  assert.deepEqual(runs.news(), []);
});

test('a call that its user cancels stops the change, and so does a client that goes', async () => {
  for (const how of ['cancel', 'close'] as const) {
    const { clock, runs, change, call } = world();
    const told = runs.run('Restart', change.work, call.signal);
    if (how === 'cancel') call.abort(new Error('canceled'));
    else await runs.close();
    await told;
    await clock.advance(0);
    assert.ok(change.signal?.aborted);
  }
});
