import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { ApiError, type ApiClient } from '@omnia-buildstream/engine/validate/probes/kubeApi';
import { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';

/** Queries Kubernetes APIs over HTTPS, with certificates judged by the policy and without credentials. */
export function kubeApiClient(tls: TlsPolicy, timeoutMs: number, clock: Clock): ApiClient {
  return {
    async get(host, port, path, signal) {
      const server = new URL(`https://${host}:${String(port)}`);
      const client = new HttpClient({ server, tls, clock, requestTimeoutMs: timeoutMs, connectTimeoutMs: timeoutMs });
      try {
        const { status } = await client.send({ method: 'GET', path }, signal);
        return status;
      } catch (error) {
        if (!(error instanceof TransportError)) throw error;
        throw new ApiError(error.reason === 'tls' ? 'tls' : 'no-answer', error.said, error);
      } finally {
        await client.close();
      }
    },
  };
}
