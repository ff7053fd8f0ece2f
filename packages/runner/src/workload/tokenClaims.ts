import { jsonObjectIn, textField } from '@omnia-buildstream/core/text/jsonFields';

/** What a token of Slurm says of itself; whether it is genuine is for slurmrestd to judge. */
export interface TokenClaims {
  /** Until when it counts, in ms since 1970; undefined: it does not say. */
  readonly endMs: number | undefined;
  /** Whom it is for, by Slurm's own claim; undefined: it does not say. */
  readonly user: string | undefined;
}

/** Reads a JSON web token (RFC 7519); of anything else nothing is known. */
export function tokenClaims(token: string): TokenClaims {
  const [, payload = ''] = token.split('.');
  const claims = jsonObjectIn(Buffer.from(payload, 'base64url').toString('utf8')) ?? {};
  const { exp: end } = claims;
  const isTime = typeof end === 'number' && Number.isFinite(new Date(end * 1_000).getTime());
  return { endMs: isTime ? end * 1_000 : undefined, user: textField(claims, 'sun') };
}
