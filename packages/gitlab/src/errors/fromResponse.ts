import { isPage, readErrorBody, type ErrorBody } from './errorBody.ts';
import { GitLabError, type Effect, type GitLabErrorReason } from './gitlabError.ts';

/** A response with an error status, and its request. */
export interface FailedResponse {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Turns a response with status 3xx to 5xx into a typed error. `nowMs` is for a Retry-After that is a date. */
export function errorFromResponse(response: FailedResponse, nowMs: number): GitLabError {
  const { method, path, status, headers } = response;
  const body = readErrorBody(response.body);
  const reason = isPage(response.body) ? reasonOfPage(status) : undefined;
  return new GitLabError(reason ?? reasonOf(status, body, headers), {
    method,
    path,
    status,
    effect: effectOf(method, status),
    detail: body.text,
    retryAfterMs: retryAfterMs(headers, nowMs),
    scope: body.scope,
    location: headers['location'],
  });
}

/**
 * A refusal (4xx) comes before anything is done. A 5xx may come from a proxy that lost the server's response, so the
 * write may have happened.
 */
function effectOf(method: string, status: number): Effect {
  return status >= 500 && !isReading(method) ? 'possible' : 'none';
}

export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** The page is from a gateway in front of GitLab, which knows nothing about the token's permissions. */
function reasonOfPage(status: number): GitLabErrorReason | undefined {
  if (status === 401 || status === 511) return 'sign-in-page';
  return status === 403 ? 'refused' : undefined;
}

function reasonOf(
  status: number,
  { text = '', code }: ErrorBody,
  headers: FailedResponse['headers'],
): GitLabErrorReason {
  if (status >= 500) return 'server-failed';
  if (status === 429) return 'rate-limited';
  if ((status === 401 || status === 403) && isBlockedAccount(text)) return 'account-blocked';
  if (status === 401) return /expired/i.test(text) ? 'token-expired' : 'signed-out';
  // An outdated `last_commit_id` results in 400, not 409; only the sentence identifies it.
  if (status === 409 || (status === 400 && /has changed since/i.test(text))) return 'conflict';
  if (status === 404) return 'not-found';
  if (status === 403 && (code === 'insufficient_scope' || isMissingRight(text))) return 'scope-missing';
  if (status >= 400) return 'refused';
  return isSignInPage(headers['location'] ?? '') ? 'sign-in-page' : 'unexpected-answer';
}

/** Whether GitLab reports a blocked account, an expired password, terms of use, or a missing second factor. */
function isBlockedAccount(text: string): boolean {
  return /password (?:has )?expired|terms of (?:service|use)|two-factor|account (?:is|has been) (?:blocked|deactivated|locked|pending)/i.test(
    text,
  );
}

/** A redirect within the API is a moved project, whatever its name, and not a sign-in page. */
function isSignInPage(location: string): boolean {
  if (/^[^?#]*\/api\/v4\//.test(location)) return false;
  return /sign_in|signin|login|saml|oauth|openid|sso|adfs|authorize|authenticate|\/realms\//i.test(location);
}

/**
 * A bare "403 Forbidden" is a missing permission; other sentences ("Job is not retryable") refuse this request only.
 */
function isMissingRight(text: string): boolean {
  return text === '' || /forbidden|insufficient|not allowed to push/i.test(text);
}

/**
 * Time to wait in milliseconds, from `Retry-After` (seconds or a date) or else `RateLimit-Reset` (seconds since 1970).
 * Undefined without either.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined {
  const given = headers['retry-after']?.trim();
  if (given !== undefined && /^\d+$/.test(given)) return Number(given) * 1000;
  const date = given === undefined ? Number.NaN : Date.parse(given);
  if (!Number.isNaN(date)) return Math.max(0, date - nowMs);
  const reset = Number(headers['ratelimit-reset'] ?? 'none');
  return Number.isFinite(reset) ? Math.max(0, reset * 1000 - nowMs) : undefined;
}
