import type { SetAlarm } from '@omnia-buildstream/engine/ports/clock';

/** Limits of one request, the same for servers of every kind. */
export interface ExchangeLimits {
  /** From the request to the last byte of the response, including redirects and interim responses (1xx). */
  readonly totalMs: number;
  /** Until the response begins. If absent, only `totalMs` applies. */
  readonly answerMs?: number;
  /** Between two pieces of the body. If absent, only `totalMs` applies. */
  readonly idleMs?: number;
  /** Maximum size of the decompressed body. */
  readonly bodyBytes: number;
  /**
   * Maximum number of redirects to follow, on the same origin and with the same method. If 0, redirects are not
   * followed but returned.
   */
  readonly redirects: number;
}

/** Maximum size of response headers; undici rejects larger ones. */
export const maxHeaderBytes = 32 * 1024;

/** The injected clock; tests bring their own. */
export interface HttpClock {
  /** Rejects with the signal's reason if it aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  readonly alarm?: SetAlarm;
}
