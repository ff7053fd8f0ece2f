import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { errorTexts } from '../errors/texts.ts';
import { OimError } from '../oimError.ts';
import type { OimCredential } from './credential.ts';

/**
 * What the API rejects with 422 or 400 before it looks at anything else (omnia.md section 7) is detected here, before
 * anything is sent: the user then gets a plain explanation of a mistyped ID, and a secret typed into the wrong field is
 * not sent anywhere.
 */

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Undefined if the ID is valid. */
export function clientIdProblem(id: string): Phrase | undefined {
  if (id.startsWith('bld_s_')) return phrase(errorTexts.secretAsId);
  return id.startsWith('bld_') ? undefined : phrase(errorTexts.badClientId);
}

/** Undefined if the secret is valid. */
export function clientSecretProblem(secret: string): Phrase | undefined {
  return secret.startsWith('bld_s_') ? undefined : phrase(errorTexts.badClientSecret);
}

/** @throws OimError */
export function demandClient(client: OimCredential): void {
  const problem = clientIdProblem(client.id) ?? clientSecretProblem(client.reveal());
  if (problem !== undefined) throw refused(problem, 'malformed_client');
}

/** Undefined if the ID is valid. */
export function jobIdProblem(id: string): Phrase | undefined {
  return uuid.test(id) ? undefined : phrase(errorTexts.badJobId, { id });
}

/** @throws OimError */
export function demandJobId(id: string): void {
  const problem = jobIdProblem(id);
  if (problem !== undefined) throw refused(problem, 'INVALID_JOB_ID');
}

/** @throws OimError */
export function demandGroupId(id: string): void {
  if (id.trim() === '' || id.length > 128) throw refused(phrase(errorTexts.badGroupId), 'INVALID_IMAGE_GROUP_ID');
}

function refused(problem: Phrase, code: string): OimError {
  return new OimError('refused', [problem], { code, source: 'here' });
}
