import type { Clock } from '../ports/clock.ts';

/** The time given to something is over. */
export class DeadlineError extends Error {
  readonly reason = 'deadline';
  readonly limitMs: number;

  constructor(limitMs: number) {
    super(`no result within ${String(limitMs / 1000)} s`);
    this.name = 'DeadlineError';
    this.limitMs = limitMs;
  }
}

/**
 * Runs `work` with a signal that aborts when `signal` does or after `limitMs`. Rejects with DeadlineError in the latter
 * case, at once, whether `work` obeys its signal or not.
 */
export async function withDeadline<T>(
  clock: Clock,
  limitMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const inner = new AbortController();
  const timer = new AbortController();
  const forward = (): void => {
    inner.abort(signal.reason);
  };
  signal.addEventListener('abort', forward, { once: true });
  try {
    return await new Promise<T>((resolve, reject) => {
      inner.signal.addEventListener(
        'abort',
        () => {
          reject(inner.signal.reason as Error);
        },
        { once: true },
      );
      clock.sleep(limitMs, timer.signal).then(
        () => {
          inner.abort(new DeadlineError(limitMs));
        },
        () => undefined,
      );
      work(inner.signal).then(resolve, reject);
    });
  } finally {
    timer.abort();
    signal.removeEventListener('abort', forward);
  }
}
