import { defaultLimits } from '@omnia-buildstream/gitlab/http/transport';
import { FakeClock } from './fakeClock.ts';

/** One minute each, which only a hang reaches. The connect limit is a number that no pause has. */
export const hangLimits = { connectMs: 60_007, answerMs: 60_000, pieceMs: 60_000 };

const { connectMs, answerMs, pieceMs, totalMs, logMs } = defaultLimits;
const limits: readonly number[] = [...Object.values(hangLimits), connectMs, answerMs, pieceMs, totalMs, logMs];

/** A clock that records pauses and ends them at once, after letting other work run. Request limits never expire. */
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
