import { TransportError } from '@omnia-buildstream/http/client/transportError';
import { ConnectError } from './connectError.ts';
import { GitLabError, isGitLabError, type Effect, type GitLabErrorReason } from './gitlabError.ts';
import { isReading } from './fromResponse.ts';

/** Node's codes for an untrusted certificate, from the list of OpenSSL's verification results. */
const tlsCodes: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_REJECTED',
  'CERT_UNTRUSTED',
  'CERT_CHAIN_TOO_LONG',
  'CERT_SIGNATURE_FAILURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'PATH_LENGTH_EXCEEDED',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Turns a thrown network error into a typed one. A write that was sent counts as possibly done. */
export function errorFromNetwork(error: unknown, request: { method: string; path: string }): GitLabError {
  if (isGitLabError(error)) return error;
  const code = codeOf(error);
  const reason = reasonOf(error, code);
  const effect: Effect = isReading(request.method) || error instanceof ConnectError ? 'none' : 'possible';
  const isOurs = error instanceof ConnectError || error instanceof TransportError;
  const detail = isOurs ? error.message : (code ?? nameOf(error));
  return new GitLabError(reason, { ...request, effect, detail }, { cause: withoutData(error) });
}

/** Drops the data of Undici's HTTPParserError, which is what the server sent and may quote the token. */
function withoutData(error: unknown): unknown {
  if (!(error instanceof Error) || !('data' in error)) return error;
  const { name, message } = error;
  return Object.assign(new Error(message), { name });
}

function reasonOf(error: unknown, code: string | undefined): GitLabErrorReason {
  // One of our own limits: the response is too late, too large, or cannot be decompressed.
  if (error instanceof TransportError) return error.reason === 'bad-answer' ? 'unexpected-answer' : 'timed-out';
  const name = nameOf(error);
  if (name === 'TimeoutError' || (code !== undefined && /TIMEOUT|ETIMEDOUT/.test(code))) return 'timed-out';
  if (name === 'AbortError' || code === 'UND_ERR_ABORTED') return 'aborted';
  if (code !== undefined && (tlsCodes.has(code) || code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL'))) {
    return 'tls';
  }
  if (code === 'EPROTO') return 'tls';
  return 'not-reachable';
}

/** The code of an error or of its cause. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

function nameOf(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}
