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

/** Those that Omnia's pipeline registers its client with, so that either can be used for the other (omnia.md section 7). */
const scopes = ['catalog:read', 'catalog:write', 'job:write'];

/**
 * A name of its own, as the pipelines give theirs `gitlab-ci-client-<time>`: the name of a client that was disabled is
 * refused for ever. @param nowMs milliseconds since the epoch
 */
export function clientName(nowMs: number): string {
  return `omnia-buildstream-client-${String(Math.floor(nowMs / 1000))}`;
}

/**
 * Registers the one client that the API takes. The secret is in this answer and nowhere else, so it has to be kept.
 * `account` is the API's user with its password. @throws OimError
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
