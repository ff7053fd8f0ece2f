import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { Agent, type FormData } from 'undici';
import { judgingConnector } from '../tls/connector.ts';
import type { TlsPolicy } from '../tls/policy.ts';
import { exchange, firstOf } from './wire/exchange.ts';
import { maxHeaderBytes, type ExchangeLimits } from './wire/limits.ts';
import { transportErrorOf } from './transportError.ts';

export interface HttpClientSettings {
  /** Scheme, host and port. A path in it prefixes the path of every request. */
  readonly server: URL;
  readonly tls: TlsPolicy;
  readonly clock: Clock;
  /** Limit from the request to the last byte of the response. */
  readonly requestTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
  /** A response with a longer body is rejected. */
  readonly maxBodyBytes?: number;
  /** Maximum number of redirects to follow, on the same origin only. None by default. */
  readonly redirects?: number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With leading slash and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | FormData;
  /** Only status and headers matter. The body is discarded; if it is long, by closing the connection. */
  readonly ignoresBody?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  /** First value of a header, by its lowercase name. */
  readonly header: (name: string) => string | undefined;
  readonly text: string;
}

const defaults = { requestTimeoutMs: 30_000, connectTimeoutMs: 10_000, maxBodyBytes: 16 * 1024 * 1024, redirects: 0 };

/**
 * Sends requests to one server, each once: no retries, redirects only as configured, certificates verified by the
 * policy. The caller decides what to repeat, because only the caller knows what a request does.
 */
export class HttpClient {
  readonly server: URL;
  readonly #agent: Agent;
  readonly #limits: ExchangeLimits;
  readonly #clock: Clock;

  constructor({ server, tls, clock, ...given }: HttpClientSettings) {
    const {
      requestTimeoutMs: totalMs,
      connectTimeoutMs,
      maxBodyBytes: bodyBytes,
      redirects,
    } = { ...defaults, ...given };
    this.server = server;
    this.#clock = clock;
    this.#limits = { totalMs, bodyBytes, redirects };
    this.#agent = new Agent({
      connect: judgingConnector(tls, connectTimeoutMs, clock),
      maxHeaderSize: maxHeaderBytes,
      // We enforce time limits ourselves, using the injected clock.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** @throws TransportError, or the signal's reason if it aborts */
  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      return await this.#once(request, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw transportErrorOf(error);
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy().catch(() => undefined);
  }

  async #once({ method, path, headers, body, ignoresBody }: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const { origin, pathname } = this.server;
    const answer = await exchange(
      {
        origin,
        method,
        path: `${pathname.replace(/\/$/, '')}${path}`,
        headers: { accept: 'application/json', ...headers },
        body,
      },
      { dispatcher: this.#agent, limits: this.#limits, clock: this.#clock, signal },
    );
    if (ignoresBody === true && method !== 'HEAD') answer.body.discard();
    const text = ignoresBody === true && method !== 'HEAD' ? '' : await answer.body.text();
    return { status: answer.status, header: (name) => firstOf(answer.headers[name]), text };
  }
}
