import type { SetAlarm } from '@omnia-buildstream/engine/ports/clock';

/** What one request may take. Servers of every kind are held to them. */
export interface ExchangeLimits {
  /** From the request to the last byte of the answer, redirects and answers before the answer (1xx) included. */
  readonly totalMs: number;
  /** Until the answer begins; absent: the whole time. */
  readonly answerMs?: number;
  /** Between two pieces of its body; absent: the whole time. */
  readonly idleMs?: number;
  /** Of the body, unpacked. */
  readonly bodyBytes: number;
  /** Redirects that are followed, on the same origin and with the same method; 0: none. */
  readonly redirects: number;
}

/** Of the head of an answer; undici refuses more. */
export const maxHeaderBytes = 32 * 1024;

/** Time as it is given from outside; tests bring their own. */
export interface HttpClock {
  /** Rejects with the signal's reason when it aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  readonly alarm?: SetAlarm;
}
