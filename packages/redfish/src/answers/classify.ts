import { BmcError, type BmcReason } from '@omnia-buildstream/engine/ports/bmc';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import type { Answer } from '../http/answer.ts';
import { messagesOf, sayingOf } from './extendedInfo.ts';

/** What messages mean, whatever status they come with (redfish.md section 4). */
export const reasonOfMessage: Readonly<Record<string, BmcReason>> = {
  SWC0700: 'not-ready',
  SYS518: 'not-ready',
  RAC0508: 'not-ready',
  ServiceTemporarilyUnavailable: 'not-ready',
  ServiceInUnknownState: 'not-ready',
  ServiceShuttingDown: 'not-ready',
  RAC0218: 'busy',
  RAC0679: 'busy',
  LC068: 'busy',
  SessionLimitExceeded: 'busy',
  CreateLimitReachedForResource: 'busy',
};

/** Statuses that say by themselves what they mean; 401 is the caller's matter. */
const reasonOfStatus: Readonly<Record<number, BmcReason>> = {
  401: 'unauthorized',
  408: 'not-ready',
  425: 'not-ready',
  429: 'not-ready',
  502: 'not-ready',
  503: 'not-ready',
  504: 'not-ready',
  423: 'busy',
};

/** The error that an answer without success stands for. */
export function errorOf(answer: Answer, what: string): BmcError {
  const messages = messagesOf(answer.body);
  const known = messages.map(({ id }) => reasonOfMessage[id]).find((reason) => reason !== undefined);
  const reason =
    answer.status === 401 ? 'unauthorized' : (known ?? reasonOfStatus[answer.status] ?? generalReason(answer.status));
  const saying = sayingOf(answer.body);
  const retryAfterMs = answer.retryAfterMs ?? secondsOfMessage(answer.body);
  return new BmcError(
    reason,
    `${what}: HTTP ${String(answer.status)}${saying === '' ? '' : `, ${saying}`}`,
    retryAfterMs === undefined ? {} : { retryAfterMs },
  );
}

function generalReason(status: number): BmcReason {
  return status >= 400 && status < 500 ? 'refused' : 'protocol';
}

/** Base ServiceTemporarilyUnavailable has the seconds to wait as its argument. */
function secondsOfMessage(body: unknown): number | undefined {
  const found = messagesOf(body).find(({ id }) => id === 'ServiceTemporarilyUnavailable');
  const seconds = Number(found?.args[0] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** The error that a failed transport stands for. */
export function errorOfTransport(error: unknown, what: string): BmcError {
  if (error instanceof BmcError) return error;
  if (!(error instanceof TransportError)) throw error;
  const reason: BmcReason = error.reason === 'tls' ? 'tls' : error.reason === 'bad-answer' ? 'protocol' : 'unreachable';
  return new BmcError(reason, `${what}: ${error.message}`, { cause: error });
}
