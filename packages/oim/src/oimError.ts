import { statement } from '@omnia-buildstream/core/text/foreignText';
import { mapTexts, sentencesOf, type Phrase } from '@omnia-buildstream/core/text/phrase';

/** Why the BuildStreaM API did not fulfill a request. */
export type OimReason =
  /** There was no connection, it broke, or there was no response in time. */
  | 'not-reachable'
  | 'tls'
  /** The client or password is wrong, or the token is no longer valid. */
  | 'signed-out'
  /** The client may not do this. */
  | 'forbidden'
  | 'not-found'
  /** The current state does not allow it (409). */
  | 'conflict'
  /** An earlier stage is not far enough (412). */
  | 'precondition'
  | 'rate-limited'
  /** The request was understood and refused. */
  | 'refused'
  /** The server failed (5xx). */
  | 'server'
  /** The response does not match the API's documentation. */
  | 'unexpected-answer';

/** Where the error comes from, which decides whether anything can have happened at the API. */
export type OimSource =
  /** The API itself, in its own format. */
  | 'api'
  /** A proxy, the network, or a response that cannot be understood. */
  | 'way'
  /** This program: nothing was sent. */
  | 'here';

interface OimErrorOptions {
  readonly code?: string;
  readonly correlationId?: string | undefined;
  readonly source?: OimSource;
  readonly cause?: unknown;
}

export class OimError extends Error {
  readonly reason: OimReason;
  /** The code in the response body: `INVALID_STATE_TRANSITION`, `token_expired`, …; empty if there is none. */
  readonly code: string;
  /** X-Correlation-Id of the request, for searching the server's log; undefined if nothing was sent. */
  readonly correlationId: string | undefined;
  readonly source: OimSource;
  /** The content of the message, to be put into words elsewhere. */
  readonly phrases: readonly Phrase[];

  constructor(reason: OimReason, given: readonly Phrase[], options: OimErrorOptions = {}) {
    const phrases = given.map((one) => mapTexts(one, statement));
    super(sentencesOf(phrases), { cause: options.cause });
    this.name = 'OimError';
    this.reason = reason;
    this.phrases = phrases;
    this.code = options.code ?? '';
    this.correlationId = options.correlationId;
    this.source = options.source ?? 'way';
  }

  /** The same error for a request that only prepared another one, which was not sent. */
  unsent(): OimError {
    const { reason, phrases, code, correlationId } = this;
    return new OimError(reason, phrases, { code, correlationId, source: 'here', cause: this });
  }

  static is(error: unknown, ...reasons: readonly OimReason[]): error is OimError {
    return error instanceof OimError && (reasons.length === 0 || reasons.includes(error.reason));
  }
}

/** Whether repeating the request later may help. */
export function isPassing(error: unknown): error is OimError {
  return OimError.is(error, 'not-reachable', 'server', 'rate-limited');
}
