import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { SaidError } from '@omnia-buildstream/core/text/saidError';
import { checkAdviceTexts as advice, findingTexts as texts } from '../checkTexts.ts';
import { isIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { failed, inError, passed, type Check } from '../check.ts';
import type { Probe } from './prober.ts';

/** What the check needs of an HTTPS client that verifies certificates. */
export interface ApiClient {
  /** The status of GET, without credentials. @throws ApiError, or the signal's reason */
  get(host: string, port: number, path: string, signal: AbortSignal): Promise<number>;
}

export class ApiError extends SaidError {
  /** `tls`: the certificate is not accepted. */
  readonly reason: 'no-answer' | 'tls';

  constructor(reason: ApiError['reason'], said: Said, cause?: unknown) {
    super(said, { cause });
    this.name = 'ApiError';
    this.reason = reason;
  }
}

/** Ready, or at least there: without a login the response may be 401 or 403, and that comes from a running server. */
export function kubeApiProbe(client: ApiClient): Probe<Extract<Check, { readonly port: number }>> {
  return async ({ address, port }, signal) => {
    if (!isIpv4(address)) return inError(phrase(texts.badAddress, { address }), advice.adminIp);
    const where = `https://${address}:${String(port)}`;
    try {
      let path = '/readyz';
      let status = await client.get(address, port, path, signal);
      if (status === 404) status = await client.get(address, port, (path = '/livez'), signal);
      const text = phrase(texts.apiSays, { url: `${where}${path}`, status });
      return [200, 401, 403].includes(status) ? passed(text) : failed(text, advice['kube-api'], true);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const why = phrase(texts.apiFault, { url: where, why: error.said });
      return error.reason === 'no-answer' ? failed(why, advice['kube-api'], true) : failed(why, advice.authority);
    }
  };
}
