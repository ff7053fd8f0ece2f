import { jsonObjectIn, textField } from '@omnia-buildstream/core/text/jsonFields';

/** The claims of a Slurm token; only slurmrestd can judge whether the token is genuine. */
export interface TokenClaims {
  /** When it expires, in milliseconds since the epoch; undefined if it does not say. */
  readonly endMs: number | undefined;
  /** Its user, according to Slurm's own claim; undefined if it does not say. */
  readonly user: string | undefined;
}

/** Reads a JSON Web Token (RFC 7519); for any other text, both claims are undefined. */
export function tokenClaims(token: string): TokenClaims {
  const [, payload = ''] = token.split('.');
  const claims = jsonObjectIn(Buffer.from(payload, 'base64url').toString('utf8')) ?? {};
  const { exp: end } = claims;
  const isTime = typeof end === 'number' && Number.isFinite(new Date(end * 1_000).getTime());
  return { endMs: isTime ? end * 1_000 : undefined, user: textField(claims, 'sun') };
}
