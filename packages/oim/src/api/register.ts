import { phrase } from '@omnia-buildstream/core/text/phrase';
import type { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import { mayHaveBegun } from '../errors/fromAnswer.ts';
import { errorTexts } from '../errors/texts.ts';
import { demandText, objectIn } from '../model/read.ts';
import { OimError } from '../oimError.ts';
import type { Waiting } from './backOff.ts';
import { OimCredential } from './credential.ts';
import { Sender } from './sender.ts';

const what = 'POST /auth/register';

/**
 * The scopes with which Omnia's pipeline registers its client, so that either client can replace the other (omnia.md
 * section 7).
 */
const scopes = ['catalog:read', 'catalog:write', 'job:write'];

/**
 * A unique name, like the pipelines' own `gitlab-ci-client-<time>`: the API refuses the name of a disabled client
 * forever.
 * @param nowMs milliseconds since the epoch
 */
export function clientName(nowMs: number): string {
  return `omnia-buildstream-client-${String(Math.floor(nowMs / 1000))}`;
}

/**
 * Registers the only client that the API accepts. Only this response contains the secret, so the caller must store it.
 * `account` is the API's user with its password.
 * @throws OimError
 */
export async function registerClient(
  { http, waiting, account, name }: RegisterInput,
  signal: AbortSignal,
): Promise<OimCredential> {
  const basic = Buffer.from(`${account.id}:${account.reveal()}`).toString('base64');
  try {
    const { text } = await new Sender(http, waiting).send(
      {
        method: 'POST',
        path: '/api/v1/auth/register',
        headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          client_name: name,
          allowed_scopes: scopes,
          grant_types: ['client_credentials'],
        }),
      },
      signal,
    );
    const object = objectIn(text, what);
    return new OimCredential(demandText(object, 'client_id', what), demandText(object, 'client_secret', what));
  } catch (error) {
    if (!mayHaveBegun(error)) throw error;
    throw new OimError('not-reachable', [phrase(errorTexts.lostRegistration, { what })], { cause: error });
  }
}

export interface RegisterInput {
  readonly http: HttpClient;
  readonly waiting: Waiting;
  readonly account: OimCredential;
  readonly name: string;
}
