import { phrase } from '@omnia-buildstream/core/text/phrase';
import { imageListTexts } from './imageListTexts.ts';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { ImageFault, ImageProbe } from '@omnia-buildstream/engine/ports/imageProbe';
import { HttpClient, type HttpAnswer } from '@omnia-buildstream/http/client/httpClient';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';

const maxRedirects = 3;

/** Sends HEAD as Omnia 2.3 does (omnia.md section 5); if a server does not support HEAD, it requests one byte. */
export class HttpImageProbe implements ImageProbe {
  readonly #tls: TlsPolicy;
  readonly #clock: Clock;
  readonly #clients = new Map<string, HttpClient>();

  constructor(tls: TlsPolicy, clock: Clock) {
    this.#tls = tls;
    this.#clock = clock;
  }

  async probe(url: string, signal: AbortSignal): Promise<ImageFault | undefined> {
    let target: URL | undefined = URL.canParse(url) ? new URL(url) : undefined;
    for (let hop = 0; hop <= maxRedirects; hop++) {
      if (
        target === undefined ||
        !/^https?:$/.test(target.protocol) ||
        target.username !== '' ||
        target.password !== ''
      )
        return { reason: 'bad-url', detail: '' };
      const answer = await this.#ask(target, signal);
      if ('reason' in answer) return answer;
      const location = answer.header('location');
      if (answer.status < 300 || answer.status >= 400 || location === undefined) return faultOf(answer.status);
      target = URL.canParse(location, target.href) ? new URL(location, target) : undefined;
    }
    return { reason: 'refused', detail: phrase(imageListTexts.redirects) };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()));
  }

  async #ask(target: URL, signal: AbortSignal): Promise<HttpAnswer | ImageFault> {
    const client = this.#clientFor(target);
    const request = { path: `${target.pathname}${target.search}`, ignoresBody: true } as const;
    try {
      const head = await client.send({ ...request, method: 'HEAD', headers: { accept: '*/*' } }, signal);
      if (head.status !== 405 && head.status !== 501) return head;
      // A server without ranges sends the whole file; the client then closes the connection.
      return await client.send({ ...request, method: 'GET', headers: { accept: '*/*', range: 'bytes=0-0' } }, signal);
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      return { reason: error.reason === 'tls' ? 'tls' : 'unreachable', detail: error.said };
    }
  }

  #clientFor({ origin }: URL): HttpClient {
    const known = this.#clients.get(origin);
    if (known !== undefined) return known;
    const client = new HttpClient({ server: new URL(origin), tls: this.#tls, clock: this.#clock });
    this.#clients.set(origin, client);
    return client;
  }
}

function faultOf(status: number): ImageFault | undefined {
  if (status >= 200 && status < 300) return undefined;
  const detail = `HTTP ${String(status)}`;
  if (status === 404 || status === 410) return { reason: 'missing', detail };
  return { reason: status === 401 || status === 403 ? 'forbidden' : 'refused', detail };
}
