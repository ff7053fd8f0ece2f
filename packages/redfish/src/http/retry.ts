import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import type { Clock, Random } from '@omnia-buildstream/engine/ports/clock';

export interface RetrySettings {
  /** Total number of attempts. */
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

/** Four attempts over about 3.5 s, or longer if the BMC asks for it; waiting beyond that is the engine's decision. */
export const defaultRetry: RetrySettings = { attempts: 4, firstDelayMs: 500, maxDelayMs: 8_000 };

/**
 * Repeats a read. Only for requests that change nothing. The delay doubles and varies randomly by up to half, so that a
 * fleet is not polled in lockstep; a delay that the BMC asks for is honored, up to `maxDelayMs`.
 */
export async function retryRead<T>(
  { clock, random, retry }: { readonly clock: Clock; readonly random: Random; readonly retry: RetrySettings },
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      if (attempt >= retry.attempts || !BmcError.is(error, 'unreachable', 'not-ready', 'protocol')) throw error;
      const backOffMs = retry.firstDelayMs * 2 ** (attempt - 1) * (0.5 + random());
      await clock.sleep(Math.min(Math.max(backOffMs, error.retryAfterMs ?? 0), retry.maxDelayMs), signal);
    }
  }
}
