import assert from 'node:assert/strict';
import { getMaxListeners, setMaxListeners } from 'node:events';
import { suite, test } from 'node:test';
import { onAbort } from '@omnia-buildstream/engine/time/onAbort';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { withDeadline } from '@omnia-buildstream/engine/time/deadline';

/** A controller as in Node 20, which warns about an eleventh listener. */
function likeNode20(): AbortController {
  const controller = new AbortController();
  setMaxListeners(10, controller.signal);
  return controller;
}

suite('a signal that many wait for', () => {
  test('calls each of them once, but for those that have ended', () => {
    const controller = likeNode20();
    const called: number[] = [];
    const ends = [0, 1, 2].map((one) => onAbort(controller.signal, () => called.push(one)));
    ends[1]?.();
    controller.abort();
    assert.deepEqual(called, [0, 2]);
  });

  const waits: readonly (readonly [string, (signal: AbortSignal) => Promise<unknown>])[] = [
    ['a pause', (signal) => systemClock.sleep(60_000, signal)],
    ['a deadline', (signal) => withDeadline(systemClock, 60_000, signal, () => new Promise(() => undefined))],
  ];
  for (const [name, wait] of waits) {
    test(`${name}: nobody is warned of a leak`, async () => {
      const controller = likeNode20();
      const warnings: Error[] = [];
      const note = (warning: Error): void => void warnings.push(warning);
      process.on('warning', note);
      const waiting = Array.from({ length: 20 }, () => wait(controller.signal).catch(() => undefined));
      // A warning is emitted in a separate tick.
      await new Promise((resolve) => void setImmediate(resolve));
      controller.abort();
      await Promise.all(waiting);
      process.off('warning', note);
      assert.deepEqual(warnings, []);
      assert.equal(getMaxListeners(controller.signal), 0);
    });
  }
});
