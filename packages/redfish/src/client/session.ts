import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import { pathOn } from '@omnia-buildstream/http/client/wire/location';
import { errorOf } from '../answers/classify.ts';
import { messagesOf } from '../answers/extendedInfo.ts';
import type { Credential } from '../credentials/credential.ts';
import { isSuccess, type Answer } from '../http/answer.ts';
import type { Transport } from '../http/transport.ts';

/** How requests are authenticated. Its values are secrets: they go into request headers only. */
export interface Session {
  readonly headers: Readonly<Record<string, string>>;
  /** What to DELETE at the end; undefined for Basic, which leaves nothing behind. */
  readonly path: string | undefined;
}

/** Where old iDRACs have their sessions and newer ones still answer. */
export const defaultSessionsPath = '/redfish/v1/SessionService/Sessions';

/** Messages that say that all sessions are taken; leaked ones go after about half an hour. */
const sessionsFull = new Set(['RAC0218', 'SessionLimitExceeded', 'CreateLimitReachedForResource']);

/**
 * Opens a session, or falls back to Basic where there are none or all are taken. Undefined: the BMC refused the
 * credential. With Basic `probe`, a path that needs authentication, tells whether it is accepted.
 */
export async function openSession(
  transport: Transport,
  credential: Credential,
  { sessions, probe }: { readonly sessions: string; readonly probe: string },
  signal: AbortSignal,
): Promise<Session | undefined> {
  const { user, password } = credential.reveal();
  const body = { UserName: user, Password: password };
  const answer = await transport.send({ method: 'POST', path: sessions, body }, signal);
  if (isSuccess(answer) && answer.token !== undefined) {
    secretsInUse.add(answer.token);
    const location = answer.location ?? odataId(answer);
    // An odd one is none of ours to end: the session goes by itself.
    const path = location === undefined ? undefined : pathOn(transport.origin, location);
    return { headers: { 'x-auth-token': answer.token }, path };
  }
  if (answer.status === 401) return undefined;
  if (!hasNoSessions(answer)) throw errorOf(answer, 'login');
  const basic = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  const session = { headers: { authorization: basic }, path: undefined };
  const check = await transport.send({ method: 'GET', path: probe, headers: session.headers }, signal);
  if (check.status === 401) return undefined;
  if (!isSuccess(check)) throw errorOf(check, 'login');
  return session;
}

/** No session service (404, 405, 501; 2xx without a token), or no session left. */
function hasNoSessions(answer: Answer): boolean {
  if (isSuccess(answer) || [404, 405, 501].includes(answer.status)) return true;
  return messagesOf(answer.body).some(({ id }) => sessionsFull.has(id));
}

function odataId({ body }: Answer): string | undefined {
  const id = typeof body === 'object' && body !== null && '@odata.id' in body ? body['@odata.id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

export function notLoggedIn(): BmcError {
  return new BmcError('protocol', 'not logged in');
}
