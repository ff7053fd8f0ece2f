import { defaultTimeLimits, type TimeLimits } from '@omnia-buildstream/gitlab/http/transport';
import { FakeClock } from './fakeClock.ts';

/** A minute each, which only a hang takes; connecting with a number that no pause has. */
export const hangLimits: TimeLimits = { connectMs: 60_007, answerMs: 60_000, pieceMs: 60_000 };

const limits: readonly number[] = [hangLimits.connectMs, defaultTimeLimits.connectMs];

/** A clock whose pauses take no time, but are noted, while other work goes on; limits of connections never come. */
export class HastyClock extends FakeClock {
  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (limits.includes(ms)) {
      await new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
    }
    this.pauses.push(ms);
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
}
