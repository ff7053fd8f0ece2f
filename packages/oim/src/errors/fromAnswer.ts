import { phrase } from '@omnia-buildstream/core/text/phrase';
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

/** The error that an answer with an error status stands for; `what` was asked, "POST /jobs". */
export function errorOfAnswer({ status, text, header }: HttpAnswer, what: string): OimError {
  const { code, message, correlationId } = readErrorBody(text);
  const said = [code, message]
    .filter((part) => part !== '')
    .join(': ')
    .replace(/\.$/, '');
  const fact =
    said === ''
      ? phrase(errorTexts.refused, { what, status })
      : phrase(errorTexts.refusedSaying, { what, status, said });
  return new OimError(reasonOf(status), [fact, ...adviceFor(status, code)], {
    code,
    correlationId: correlationId ?? header('x-correlation-id'),
  });
}

function reasonOf(status: number): OimReason {
  if (status >= 500) return 'server';
  // We follow no redirects.
  return status < 400 ? 'unexpected-answer' : (reasons[status] ?? 'refused');
}

/** The error for what happened on the way; anything else, such as an abort, is handed on as it is. */
export function errorOfTransport(error: unknown, what: string): unknown {
  if (!(error instanceof TransportError)) return error;
  const params = { what, cause: error.phrase };
  switch (error.reason) {
    case 'tls':
      return new OimError('tls', [phrase(errorTexts.tls, params)], { cause: error });
    case 'bad-answer':
      return new OimError('unexpected-answer', [phrase(errorTexts.badAnswer, params)], { cause: error });
    case 'not-connected':
    case 'broken':
      return new OimError('not-reachable', [phrase(errorTexts.noAnswer, params)], { cause: error });
  }
}

/** Whether the request may have been carried out all the same. */
export function isLostAnswer(error: unknown): boolean {
  if (!OimError.is(error, 'not-reachable', 'server', 'unexpected-answer')) return false;
  if (error.cause instanceof TransportError) return error.cause.reason !== 'not-connected';
  // An API that says in its own form that it failed has not begun; a proxy's page says nothing.
  return error.code === '';
}
