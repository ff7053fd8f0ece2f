import { isJsonObject } from '@omnia-buildstream/core/text/jsonFields';

/**
 * Until when a JSON web token counts (RFC 7519, `exp`), in ms since 1970. Undefined: it does not say, or is no such token.
 * Whether it is genuine is for the server to judge.
 */
export function tokenEnd(token: string): number | undefined {
  const [, payload = ''] = token.split('.');
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const end = isJsonObject(claims) ? claims['exp'] : undefined;
    return typeof end === 'number' && Number.isFinite(end) ? end * 1_000 : undefined;
  } catch {
    return undefined;
  }
}
