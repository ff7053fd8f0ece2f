import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { HttpAnswer } from '@omnia-buildstream/http/client/httpClient';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import { OimError, type OimReason } from '../oimError.ts';
import { adviceFor } from './advice.ts';
import { readErrorBody } from './errorBody.ts';
import { errorTexts } from './texts.ts';

const reasons: Readonly<Record<number, OimReason>> = {
  401: 'signed-out',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  412: 'precondition',
  429: 'rate-limited',
};

/**
 * The error for a response with an error status.
 * @param what the request, such as "POST /jobs"
 * @param sentId the X-Correlation-Id of the request; the API never returns it as a header (omnia.md section 7)
 */
export function errorOfAnswer({ status, text }: HttpAnswer, what: string, sentId?: string): OimError {
  const { code, message, correlationId, isApi } = readErrorBody(text);
  const said = [code, message]
    .filter((part) => part !== '')
    .join(': ')
    .replace(/\.$/, '');
  const hasFailed = status >= 500;
  const fact =
    said === ''
      ? phrase(hasFailed ? errorTexts.failed : errorTexts.refused, { what, status })
      : phrase(hasFailed ? errorTexts.failedSaying : errorTexts.refusedSaying, { what, status, said });
  return new OimError(reasonOf(status), [fact, ...adviceFor(status, code, isApi)], {
    code,
    correlationId: correlationId ?? sentId,
    source: isApi ? 'api' : 'way',
  });
}

function reasonOf(status: number): OimReason {
  if (status >= 500) return 'server';
  // Redirects are not followed.
  return status < 400 ? 'unexpected-answer' : (reasons[status] ?? 'refused');
}

/** The error for a transport failure; anything else, such as an abort, is returned unchanged. */
export function errorOfTransport(error: unknown, what: string, sentId?: string): unknown {
  if (!(error instanceof TransportError)) return error;
  const params = { what, cause: error.said };
  const isSent = error.reason !== 'not-connected' && error.reason !== 'tls';
  // If nothing was sent, no log contains the ID.
  const how = isSent ? { correlationId: sentId } : ({ source: 'here' } as const);
  const made = (reason: OimReason, said: Phrase): OimError => new OimError(reason, [said], { cause: error, ...how });
  switch (error.reason) {
    case 'tls':
      return made('tls', phrase(errorTexts.tls, params));
    case 'bad-answer':
      return made('unexpected-answer', phrase(errorTexts.badAnswer, params));
    case 'not-connected':
    case 'broken':
      return made('not-reachable', phrase(errorTexts.noAnswer, params));
  }
}

/** The only server errors (5xx) after which it is certain that nothing is running (omnia.md section 7). */
const notBegun = new Set(['DEPLOY_EXECUTION_ERROR', 'VALIDATION_EXECUTION_ERROR']);

/**
 * Whether the requested work may have begun despite the error. The API can fail after it has queued a stage, and a
 * proxy in front of it does not know what happened to a request: only a refusal by the API itself, or a connection that
 * was never established, proves that nothing began.
 */
export function mayHaveBegun(error: unknown): boolean {
  if (!(error instanceof OimError) || error.source === 'here') return false;
  return error.source === 'way' || (error.reason === 'server' && !notBegun.has(error.code));
}
