import type { TokenInfo } from '../model/identity.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** From this many days before the expiry, it is worth mentioning. */
const soonDays = 14;

export type TokenProblem =
  | { readonly kind: 'inactive' }
  | { readonly kind: 'expired'; readonly expiresMs: number }
  | { readonly kind: 'expires-soon'; readonly days: number }
  /** Not even the views work. */
  | { readonly kind: 'cannot-read'; readonly scopes: readonly string[] }
  /** The views work; play, retry, start and commit do not. */
  | { readonly kind: 'cannot-write'; readonly scopes: readonly string[] };

/**
 * What is wrong with a token, or soon will be. `read_api` is enough for the views; everything else needs `api`. The
 * permissions of a fine-grained token (`granular`) cannot be derived from its scopes.
 */
export function judgeToken({ scopes, expiresMs, isActive, isRevoked }: TokenInfo, nowMs: number): TokenProblem[] {
  const problems: TokenProblem[] = [];
  if (expiresMs !== undefined && expiresMs <= nowMs) problems.push({ kind: 'expired', expiresMs });
  else if (!isActive || isRevoked) problems.push({ kind: 'inactive' });
  else if (expiresMs !== undefined && expiresMs - nowMs <= soonDays * dayMs) {
    problems.push({ kind: 'expires-soon', days: Math.floor((expiresMs - nowMs) / dayMs) });
  }
  if (scopes.includes('api') || scopes.includes('granular')) return problems;
  problems.push({ kind: scopes.includes('read_api') ? 'cannot-write' : 'cannot-read', scopes });
  return problems;
}
