import { together, type Said } from '@omnia-buildstream/core/text/phrase';
import { BmcError, type BmcReason } from '@omnia-buildstream/engine/ports/bmc';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import type { Answer } from '../http/answer.ts';
import { messagesOf, sayingOf, type BmcMessage } from './extendedInfo.ts';

/** The meaning of messages, regardless of the status that they come with (redfish.md section 4). */
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
  ResourceInUse: 'busy',
  ActionParameterValueConflict: 'refused',
  UnableToModifyDuringSystemPOST: 'in-post',
  PasswordChangeRequired: 'password-change',
  SWC1908: 'password-change',
  LicenseKeyRequired: 'licence',
  OemLicenseNotPassed: 'licence',
  LIC501: 'licence',
  SWC0242: 'licence',
  SWC9004: 'lock-down',
  InsufficientPrivilege: 'privilege',
  AccessDenied: 'privilege',
};

/** The same for messages whose identifiers vary too much; only for 4xx responses. */
const reasonOfText: readonly (readonly [RegExp, BmcReason])[] = [
  [/\block-?\s?down\b/i, 'lock-down'],
  [/\blicen[cs]e\b/i, 'licence'],
];

/** A 409 with one of these messages concerns the request itself, not other activity on the BMC. */
const isAboutTheRequest = /(?:Conflict|NotInList|NotSupported|NotWritable|TypeError|Missing)$/;

/** The meaning of a status without a decisive message. */
const reasonOfStatus: Readonly<Record<number, BmcReason>> = {
  408: 'not-ready',
  425: 'not-ready',
  429: 'not-ready',
  502: 'not-ready',
  503: 'not-ready',
  504: 'not-ready',
  409: 'busy',
  423: 'busy',
};

/** The error for a response that is not a success. */
export function errorOf(answer: Answer, what: Said): BmcError {
  const messages = messagesOf(answer.body);
  const reason = reasonOf(answer.status, messages);
  const saying = sayingOf(answer.body);
  const retryAfterMs = answer.retryAfterMs ?? secondsOfMessage(answer.body);
  return new BmcError(
    reason,
    together([what, together([`HTTP ${String(answer.status)}`, saying], ', ')], ': '),
    retryAfterMs === undefined ? {} : { retryAfterMs },
  );
}

function reasonOf(status: number, messages: readonly BmcMessage[]): BmcReason {
  const known = messages.map(({ id }) => reasonOfMessage[id]).find((reason) => reason !== undefined);
  if (status === 401) return known === 'password-change' ? known : 'unauthorized';
  const said = messages.map(({ text }) => reasonOfText.find(([pattern]) => pattern.test(text))?.[1]);
  const byText = status >= 400 && status < 500 ? said.find((reason) => reason !== undefined) : undefined;
  if (known !== undefined && known !== 'privilege') return known;
  if (byText !== undefined || known !== undefined) return byText ?? known ?? 'refused';
  if (status === 409 && messages.some(({ id }) => isAboutTheRequest.test(id))) return 'refused';
  return reasonOfStatus[status] ?? generalReason(status);
}

function generalReason(status: number): BmcReason {
  return status >= 400 && status < 500 ? 'refused' : 'protocol';
}

/** ServiceTemporarilyUnavailable of the Base registry has the number of seconds to wait as its argument. */
function secondsOfMessage(body: unknown): number | undefined {
  const found = messagesOf(body).find(({ id }) => id === 'ServiceTemporarilyUnavailable');
  const seconds = Number(found?.args[0] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** The error for a transport failure. @throws what it is given if that is another error */
export function errorOfTransport(error: unknown, what: Said): BmcError {
  if (error instanceof BmcError) return error;
  if (!(error instanceof TransportError)) throw error;
  return new BmcError(reasonOfTransport(error), together([what, error.said], ': '), { cause: error });
}

/** OpenSSL's codes for a server that supports only older versions of TLS, or (`noTls`) no TLS. */
const tooOld: ReadonlySet<string> = new Set(
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'ERR_SSL_VERSION_TOO_LOW'].concat([
    'ERR_SSL_WRONG_SSL_VERSION',
    'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
  ]),
);
const noTls: ReadonlySet<string> = new Set(
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ERR_SSL_HTTP_REQUEST'].concat([
    'ERR_SSL_UNKNOWN_PROTOCOL',
    'ERR_SSL_RECORD_LAYER_FAILURE',
  ]),
);

function reasonOfTransport({ reason, cause }: TransportError): BmcReason {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (tooOld.has(code)) return 'tls-too-old';
  if (noTls.has(code)) return 'no-tls';
  return reason === 'tls' ? 'tls' : reason === 'bad-answer' ? 'protocol' : 'unreachable';
}
