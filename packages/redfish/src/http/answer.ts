/** One HTTP response of a BMC. */
export interface Answer {
  readonly status: number;
  /** Parsed JSON; undefined if the body is empty or not JSON. */
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
