import { json, type ApiAnswer, type ApiCall } from './exchange.ts';
import { userShape } from './shapes.ts';

export function currentUser({ token, origin }: ApiCall): ApiAnswer {
  return json({ ...userShape(token.username, origin), email: `${token.username}@lab.invalid` });
}

export function ownToken({ token }: ApiCall): ApiAnswer {
  return json({
    id: token.id,
    name: token.name,
    revoked: token.isRevoked,
    created_at: '2026-01-01T00:00:00.000Z',
    scopes: token.scopes,
    user_id: 1,
    last_used_at: null,
    active: true,
    expires_at: token.expires?.toISOString().slice(0, 10) ?? null,
  });
}

export function metadata(version: string): ApiAnswer {
  return json({
    version,
    revision: 'lab',
    kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
    enterprise: false,
  });
}
