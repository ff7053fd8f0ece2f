/** One HTTP answer of a BMC. */
export interface Answer {
  readonly status: number;
  /** Parsed JSON; undefined when the body is empty or no JSON. */
  readonly body: unknown;
  readonly location: string | undefined;
  readonly etag: string | undefined;
  /** The X-Auth-Token of a new session. */
  readonly token: string | undefined;
  readonly retryAfterMs: number | undefined;
}

export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** What went wrong between us and the BMC. */
export class TransportError extends Error {
  /**
   * `not-connected`: no connection came about, so nothing was sent. `broken`: it broke, or the deadline passed, with the
   * request under way. `tls`: the certificate was not accepted; nothing was sent. `bad-answer`: not HTTP, or too large.
   */
  readonly reason: 'not-connected' | 'broken' | 'tls' | 'bad-answer';

  constructor(reason: TransportError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TransportError';
    this.reason = reason;
  }
}
