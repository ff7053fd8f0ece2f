import { statement } from '@omnia-buildstream/core/text/foreignText';
import { mapTexts, sentencesOf, type Phrase } from '@omnia-buildstream/core/text/phrase';

/** Why the BuildStreaM API did not do what was asked. */
export type OimReason =
  /** No connection, or it broke, or no answer in time. */
  | 'not-reachable'
  | 'tls'
  /** Wrong client or password, or a token that is no longer valid. */
  | 'signed-out'
  /** The client may not do this. */
  | 'forbidden'
  | 'not-found'
  /** It is in a state in which this cannot be done (409). */
  | 'conflict'
  /** An earlier stage has not come far enough (412). */
  | 'precondition'
  | 'rate-limited'
  /** The request was understood and refused. */
  | 'refused'
  /** The server failed (5xx). */
  | 'server'
  /** The answer is not what the API says. */
  | 'unexpected-answer';

/** Who says so, which decides whether anything can have happened at the API. */
export type OimSource =
  /** The API itself, in its own form. */
  | 'api'
  /** A proxy, the network, or an answer that nobody understands. */
  | 'way'
  /** We: nothing was sent. */
  | 'here';

interface OimErrorOptions {
  readonly code?: string;
  readonly correlationId?: string | undefined;
  readonly source?: OimSource;
  readonly cause?: unknown;
}

export class OimError extends Error {
  readonly reason: OimReason;
  /** The code of the answer's body: `INVALID_STATE_TRANSITION`, `token_expired`, …; empty when it has none. */
  readonly code: string;
  /** X-Correlation-Id of the request, for whoever looks into the server's log; undefined when nothing was sent. */
  readonly correlationId: string | undefined;
  readonly source: OimSource;
  /** What the message says, to be worded elsewhere. */
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

  /** The same of a request that was to be made ready only: what it was made for was not sent. */
  unsent(): OimError {
    const { reason, phrases, code, correlationId } = this;
    return new OimError(reason, phrases, { code, correlationId, source: 'here', cause: this });
  }

  static is(error: unknown, ...reasons: readonly OimReason[]): error is OimError {
    return error instanceof OimError && (reasons.length === 0 || reasons.includes(error.reason));
  }
}

/** Whether asking again later may help. */
export function isPassing(error: unknown): error is OimError {
  return OimError.is(error, 'not-reachable', 'server', 'rate-limited');
}
