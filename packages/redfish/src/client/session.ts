import { phrase } from '@omnia-buildstream/core/text/phrase';
import { bmcTexts } from '../bmcTexts.ts';
import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import { pathOn } from '@omnia-buildstream/http/client/wire/location';
import { errorOf } from '../answers/classify.ts';
import { messagesOf } from '../answers/extendedInfo.ts';
import type { Credential } from '../credentials/credential.ts';
import { isSuccess, type Answer } from '../http/answer.ts';
import type { Transport } from '../http/transport.ts';

/** How requests are authenticated. The values are secrets: they go into request headers only. */
export interface Session {
  readonly headers: Readonly<Record<string, string>>;
  /** What to DELETE at the end; undefined for Basic, which has no session to delete, or if the path is unusable. */
  readonly path: string | undefined;
}

/** Where old iDRACs have their sessions and newer ones still respond. */
export const defaultSessionsPath = '/redfish/v1/SessionService/Sessions';

/** Messages that say that all sessions are in use; leaked sessions expire after about half an hour. */
const sessionsFull = new Set(['RAC0218', 'SessionLimitExceeded', 'CreateLimitReachedForResource']);

interface Ways {
  /** Where sessions are opened; undefined if the service has none. */
  readonly sessions: string | undefined;
  /** Reads something that requires authentication; a 401 does not reject. */
  readonly probe: (headers: Session['headers']) => Promise<Answer>;
}

/**
 * Opens a session, or falls back to Basic if there are no sessions, all are in use, or they do not work: this tries the
 * password once more, and only if no response said that it is wrong. Undefined if the BMC refused the credential.
 */
export async function openSession(
  transport: Transport,
  credential: Credential,
  { sessions, probe }: Ways,
  signal: AbortSignal,
): Promise<Session | undefined> {
  if (sessions !== undefined) {
    const { user, password } = credential.reveal();
    const body = { UserName: user, Password: password };
    const answer = await transport.send({ method: 'POST', path: sessions, body }, signal);
    if (isSuccess(answer) && answer.token !== undefined) {
      secretsInUse.add(answer.token);
      const location = answer.location ?? odataId(answer);
      // A malformed location cannot be deleted; the session expires by itself.
      const path = location === undefined ? undefined : pathOn(transport.origin, location);
      return { headers: { 'x-auth-token': answer.token }, path };
    }
    if (!hasNoSessions(answer)) {
      const error = errorOf(answer, 'login');
      if (error.reason === 'unauthorized') return undefined;
      throw error;
    }
  }
  const session = basicOf(credential);
  const check = await probe(session.headers);
  if (check.status === 401) return undefined;
  return session;
}

export function basicOf(credential: Credential): Session {
  const { user, password } = credential.reveal();
  const basic = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  return { headers: { authorization: basic }, path: undefined };
}

/**
 * No session service (404, 405, 501; 2xx without a token), no free session, a refusal of the request itself, or a 401
 * without a message: some services require Basic authentication even for opening a session.
 */
function hasNoSessions(answer: Answer): boolean {
  if (isSuccess(answer) || [404, 405, 501].includes(answer.status)) return true;
  const messages = messagesOf(answer.body);
  if (answer.status === 401) return messages.length === 0;
  return messages.some(({ id }) => sessionsFull.has(id)) || errorOf(answer, 'login').reason === 'refused';
}

function odataId({ body }: Answer): string | undefined {
  const id = typeof body === 'object' && body !== null && '@odata.id' in body ? body['@odata.id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

export function notLoggedIn(): BmcError {
  return new BmcError('protocol', phrase(bmcTexts.notLoggedIn));
}
