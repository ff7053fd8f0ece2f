import { isIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { failed, inError, passed, type Check } from '../check.ts';
import type { Probe } from './prober.ts';

/** What the check needs of an HTTPS client that judges certificates. */
export interface ApiClient {
  /** The status of GET, without credentials. @throws ApiError, or the signal's reason */
  get(host: string, port: number, path: string, signal: AbortSignal): Promise<number>;
}

export class ApiError extends Error {
  /** `tls`: the certificate is not accepted. */
  readonly reason: 'no-answer' | 'tls';

  constructor(reason: ApiError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ApiError';
    this.reason = reason;
  }
}

const advice = 'Look at `kubectl get --raw /readyz?verbose` and the log of kube-apiserver.';

/** Ready, or at least there: who is not logged in may get 401 or 403, and that answer comes from a running server. */
export function kubeApiProbe(client: ApiClient): Probe<Extract<Check, { readonly port: number }>> {
  return async ({ address, port }, signal) => {
    if (!isIpv4(address))
      return inError(`"${address}" is not a valid address`, 'Correct ADMIN_IP in the mapping file.');
    const where = `https://${address}:${String(port)}`;
    try {
      let path = '/readyz';
      let status = await client.get(address, port, path, signal);
      if (status === 404) status = await client.get(address, port, (path = '/livez'), signal);
      const text = `${where}${path} says ${String(status)}`;
      return [200, 401, 403].includes(status) ? passed(text) : failed(text, advice, true);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.reason === 'no-answer') return failed(`${where}: ${error.message}`, advice, true);
      const trust =
        "Give the cluster's authority (/etc/kubernetes/pki/ca.crt), or pin the fingerprint after comparing it.";
      return failed(`${where}: ${error.message}`, trust);
    }
  };
}
