import { statement } from '@omnia-buildstream/core/text/foreignText';
import { mapTexts, phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { SaidError } from '@omnia-buildstream/core/text/saidError';
import { CertificateError } from '../tls/policy.ts';
import { transportTexts } from './transportTexts.ts';

/** A failure between us and a server. */
export class TransportError extends SaidError {
  /**
   * `not-connected`: no connection was established, so nothing was sent. `broken`: the connection broke or the deadline
   * passed while the request was in progress. `tls`: the TLS connection failed or the certificate was not accepted;
   * nothing was sent. `bad-answer`: the response is not HTTP, is too large, cannot be decompressed, or redirects to
   * another server.
   */
  readonly reason: 'not-connected' | 'broken' | 'tls' | 'bad-answer';

  constructor(reason: TransportError['reason'], given: Said, cause?: unknown) {
    super(mapTexts(given, statement), { cause });
    this.name = 'TransportError';
    this.reason = reason;
  }
}

/** Error codes from before a connection exists: nothing was sent. */
const notConnectedCodes = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Error codes for an invalid path, header or address, often one from a server's response. Nothing was sent. */
const notSendableCodes = new Set([
  'UND_ERR_INVALID_ARG',
  'ERR_INVALID_URL',
  'ERR_INVALID_CHAR',
  'ERR_INVALID_ARG_VALUE',
]);

/** Converts an error of undici or Node to a TransportError. */
export function transportErrorOf(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  if (error instanceof CertificateError) return new TransportError('tls', error.said, error);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const text = error instanceof Error ? error.message : String(error);
  const { noConnection, noTls, notHttp, broken, notSendable } = transportTexts;
  if (notSendableCodes.has(code)) return new TransportError('not-connected', phrase(notSendable, { code }), error);
  // A connection that is already in use can fail with the same codes, such as EHOSTUNREACH.
  const isInUse =
    error instanceof Error && 'syscall' in error && (error.syscall === 'read' || error.syscall === 'write');
  if (notConnectedCodes.has(code) && !isInUse)
    return new TransportError('not-connected', phrase(noConnection, { code }), error);
  if (/^ERR_(?:SSL|TLS)_|^EPROTO$/.test(code)) return new TransportError('tls', phrase(noTls, { code }), error);
  const isNotHttp = error instanceof Error && error.name === 'HTTPParserError';
  if (isNotHttp || code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW')
    return new TransportError('bad-answer', phrase(notHttp, { code: code === '' ? 'HPE' : code }), error);
  return new TransportError('broken', phrase(broken, { code: code === '' ? text : code }), error);
}
