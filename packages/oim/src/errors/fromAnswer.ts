import type { HttpAnswer } from '@omnia-buildstream/http/client/httpClient';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import { OimError, type OimReason } from '../oimError.ts';
import { adviceFor } from './advice.ts';
import { readErrorBody } from './errorBody.ts';

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
  const said = [code, message].filter((part) => part !== '').join(': ');
  const fact = `The BuildStreaM API refused ${what} (${String(status)}${said === '' ? '' : `, ${said}`})`;
  const sentences = [`${fact.replace(/\.\)$/, ')')}.`, adviceFor(status, code)];
  return new OimError(reasonOf(status), sentences.filter((sentence) => sentence !== '').join(' '), {
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
  const { reason, message } = error;
  if (reason === 'tls') {
    return new OimError(
      'tls',
      `${what}: ${message}. Give the authority's certificate, or pin the fingerprint after comparing it.`,
      { cause: error },
    );
  }
  if (reason === 'bad-answer') {
    return new OimError('unexpected-answer', `${what}: ${message}. Check the address of the API.`, { cause: error });
  }
  return new OimError(
    'not-reachable',
    `The BuildStreaM API does not answer ${what} (${message}). Check the address, and that the API runs on the ` +
      'management server.',
    { cause: error },
  );
}

/** Whether the request may have been carried out all the same. */
export function isLostAnswer(error: unknown): boolean {
  if (!OimError.is(error, 'not-reachable', 'server', 'unexpected-answer')) return false;
  if (error.cause instanceof TransportError) return error.cause.reason !== 'not-connected';
  // An API that says in its own form that it failed has not begun; a proxy's page says nothing.
  return error.code === '';
}
