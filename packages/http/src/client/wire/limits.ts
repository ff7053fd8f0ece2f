import type { SetAlarm } from '@omnia-buildstream/engine/ports/clock';

/** What one request may take. They apply to servers of every kind. */
export interface ExchangeLimits {
  /** From the request to the last byte of the response, including redirects and interim responses (1xx). */
  readonly totalMs: number;
  /** Until the response begins; absent: the whole time. */
  readonly answerMs?: number;
  /** Between two pieces of its body; absent: the whole time. */
  readonly idleMs?: number;
  /** Of the body, decompressed. */
  readonly bodyBytes: number;
  /** Redirects that are followed, on the same origin and with the same method; 0: none. */
  readonly redirects: number;
}

/** Of the head of a response; undici refuses more. */
export const maxHeaderBytes = 32 * 1024;

/** Time as it is injected; tests bring their own. */
export interface HttpClock {
  /** Rejects with the signal's reason when it aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  readonly alarm?: SetAlarm;
}
