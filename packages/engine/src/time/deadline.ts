import { phrase } from '@omnia-buildstream/core/text/phrase';
import { SaidError } from '@omnia-buildstream/core/text/saidError';
import type { Clock } from '../ports/clock.ts';
import { setAlarm } from './alarm.ts';
import { onAbort } from './onAbort.ts';

const deadlineTexts = { over: 'no result within {seconds} s' } as const;

/** The time given to something is over. */
export class DeadlineError extends SaidError {
  readonly reason = 'deadline';
  readonly limitMs: number;

  constructor(limitMs: number) {
    super(phrase(deadlineTexts.over, { seconds: limitMs / 1000 }));
    this.name = 'DeadlineError';
    this.limitMs = limitMs;
  }
}

/**
 * Runs `work` with a signal that aborts when `signal` does or after `limitMs`.
 * @throws DeadlineError in the latter case, at once, whether `work` obeys its signal or not
 */
export async function withDeadline<T>(
  clock: Clock,
  limitMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const inner = new AbortController();
  const unlisten = onAbort(signal, () => {
    inner.abort(signal.reason);
  });
  const end = setAlarm(clock, limitMs, () => {
    inner.abort(new DeadlineError(limitMs));
  });
  try {
    return await new Promise<T>((resolve, reject) => {
      onAbort(inner.signal, () => {
        reject(inner.signal.reason as Error);
      });
      work(inner.signal).then(resolve, reject);
    });
  } finally {
    end();
    unlisten();
  }
}
