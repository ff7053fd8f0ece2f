import type { IncomingHttpHeaders } from 'node:http';
import type { LabToken, TokenStore } from '../tokens.ts';
import { ApiError } from './exchange.ts';

/** The token of a request to the API. @throws ApiError 401 or 403 in GitLab's words */
export function authenticate(
  headers: IncomingHttpHeaders,
  { tokens, now, method, path }: { tokens: TokenStore; now: Date; method: string; path: string },
): LabToken {
  const value = headers['private-token'] ?? /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const token = typeof value === 'string' ? tokens.find(value) : undefined;
  const state = tokens.stateOf(token, now);
  if (token === undefined || state === 'unknown') throw new ApiError(401, { message: '401 Unauthorized' });
  if (state === 'expired') {
    const text = 'Token is expired. You can either do re-authorization or token refresh.';
    throw new ApiError(401, { error: 'invalid_token', error_description: text });
  }
  if (state === 'revoked') {
    const text = 'Token was revoked. You have to re-authorize from the user.';
    throw new ApiError(401, { error: 'invalid_token', error_description: text });
  }
  const isReading = method === 'GET' || method === 'HEAD';
  const enough = isReading ? ['api', 'read_api'] : ['api'];
  if (path === '/personal_access_tokens/self' || enough.some((scope) => token.scopes.includes(scope))) return token;
  throw new ApiError(403, {
    error: 'insufficient_scope',
    error_description: 'The request requires higher privileges than provided by the access token.',
    scope: enough.join(' '),
  });
}

/** The token of a clone or push: any user name, with a token as the password. Undefined if the client has to log in. */
export function authenticateGit(
  headers: IncomingHttpHeaders,
  { tokens, now, isPush }: { tokens: TokenStore; now: Date; isPush: boolean },
): LabToken | undefined {
  const encoded = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const password = Buffer.from(encoded, 'base64').toString().split(':').slice(1).join(':');
  const token = tokens.find(password);
  const enough = isPush ? ['write_repository', 'api'] : ['read_repository', 'write_repository', 'api'];
  const isGood = token !== undefined && tokens.stateOf(token, now) === 'good';
  return isGood && enough.some((scope) => token.scopes.includes(scope)) ? token : undefined;
}
