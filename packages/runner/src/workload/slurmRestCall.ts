import { isSafeUser } from '@omnia-buildstream/core/text/safeHost';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { RestCall } from '@omnia-buildstream/engine/workload/slurm/slurmRest';
import { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import { slurmTexts } from '@omnia-buildstream/engine/workload/slurm/slurmTexts';
import type { SlurmRestPlace } from './places.ts';
import { tokenClaims } from './tokenClaims.ts';

export interface SlurmRestAccess {
  /** A JSON Web Token of Slurm. */
  readonly token: string;
  readonly tls: TlsPolicy;
  readonly clock: Clock;
  /** Called if slurmrestd does not accept the token. */
  readonly onRefused?: () => Promise<void>;
}

/** Each job takes about 6 KB, and finished jobs are listed for a while. */
const maxBodyBytes = 256 * 1024 * 1024;

/**
 * Requests to slurmrestd with the token, each sent once; redirects are not followed, so that the token is sent nowhere
 * else. A user name is sent with it, because older versions do not accept a token without one (slurm.md section 4).
 */
export function slurmRestCall(
  { server, user }: Pick<SlurmRestPlace, 'server' | 'user'>,
  { token, tls, clock, onRefused }: SlurmRestAccess,
): RestCall {
  secretsInUse.add(token);
  const { endMs = Infinity, user: ofToken } = tokenClaims(token);
  const name = user ?? (ofToken !== undefined && isSafeUser(ofToken) ? ofToken : undefined);
  const headers = {
    'x-slurm-user-token': token,
    ...(name === undefined ? {} : { 'x-slurm-user-name': name }),
  };
  return async ({ method, path, body }, signal) => {
    const client = new HttpClient({ server, tls, clock, maxBodyBytes });
    const content =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } };
    try {
      const { status, text } = await client.send({ method, path, headers, ...content }, signal);
      if (status === 401) await onRefused?.();
      if (status >= 400 && clock.now() >= endMs) {
        return { withoutToken: phrase(slurmTexts.tokenOver, { host: server.host, at: new Date(endMs).toISOString() }) };
      }
      return { status, body: parsed(text) };
    } catch (error) {
      if (error instanceof TransportError) return { lost: error.said };
      throw error;
    } finally {
      await client.close();
    }
  };
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
