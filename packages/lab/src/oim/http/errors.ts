import { Refusal } from '../refusal.ts';
import type { OimAnswer } from './exchange.ts';
import { Unprocessable } from './fields.ts';
import type { ErrorStyle } from './routes.ts';
import { twoZones } from './shapes.ts';

interface Asked {
  readonly errors: ErrorStyle;
  readonly correlationId: string;
  readonly now: Date;
}

/** The response of a route that throws. Any unknown error is a fault of the lab and is rethrown. */
export function errorAnswer(error: unknown, asked: Asked): OimAnswer {
  if (error instanceof Unprocessable) return { status: 422, body: { detail: error.detail } };
  if (!(error instanceof Refusal)) throw error;
  const { status, challenge } = error;
  const headers = challenge === undefined ? {} : { 'www-authenticate': challenge };
  return { status, body: { detail: detailOf(error, asked) }, headers };
}

/** Token errors look like sign-in errors wherever they occur. Only errors of jobs have a correlation ID. */
function detailOf({ status, code, message }: Refusal, { errors, correlationId, now }: Asked): object {
  switch (status === 401 || status === 403 ? 'auth' : errors) {
    case 'auth':
      return { error: code, error_description: message };
    case 'files':
      return { error_code: code, message };
    case 'stage':
      return { error: code, message, correlation_id: correlationId, timestamp: twoZones(now) };
  }
}
