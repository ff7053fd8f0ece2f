import { CertificateError } from '../tls/policy.ts';

/** What went wrong between us and a server. */
export class TransportError extends Error {
  /**
   * `not-connected`: no connection came about, so nothing was sent. `broken`: it broke, or the deadline passed, with the
   * request under way. `tls`: the certificate was not accepted; nothing was sent. `bad-answer`: not HTTP, or too large.
   */
  readonly reason: 'not-connected' | 'broken' | 'tls' | 'bad-answer';

  constructor(reason: TransportError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TransportError';
    this.reason = reason;
  }
}

/** Errors before a connection exists: nothing was sent. */
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

/** The TransportError for what undici or Node threw. */
export function transportErrorOf(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  if (error instanceof CertificateError) return new TransportError('tls', error.message, error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = error instanceof Error ? error.message : String(error);
  if (notConnectedCodes.has(code)) return new TransportError('not-connected', `no connection (${code})`, error);
  if (/^ERR_(?:SSL|TLS)_|^EPROTO$/.test(code)) return new TransportError('tls', `no TLS connection (${code})`, error);
  if (code.startsWith('HPE_')) return new TransportError('bad-answer', `the answer is not HTTP (${code})`, error);
  return new TransportError('broken', `the connection broke (${code === '' ? text : code})`, error);
}
