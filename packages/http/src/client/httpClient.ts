import { phrase } from '@omnia-buildstream/core/text/phrase';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { DeadlineError, withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { Agent, type Dispatcher, type FormData } from 'undici';
import { judgingConnector } from '../tls/connector.ts';
import type { TlsPolicy } from '../tls/policy.ts';
import { TransportError, transportErrorOf } from './transportError.ts';
import { transportTexts } from './transportTexts.ts';

export interface HttpClientSettings {
  /** Scheme, host and port; a path in it is a prefix of every request's path. */
  readonly server: URL;
  readonly tls: TlsPolicy;
  readonly clock: Clock;
  /** From the request to the last byte of the answer. */
  readonly requestTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
  /** An answer with a longer body is no answer to us. */
  readonly maxBodyBytes?: number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With leading slash, and the query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | FormData;
  /** Only status and headers matter: the body is thrown away, a long one by ending the connection. */
  readonly ignoresBody?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  /** The first value of a header, by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  readonly text: string;
}

/** So much of a body that nobody wants is read to keep the connection. */
const ignoredBytes = 16 * 1024;
const defaults = { requestTimeoutMs: 30_000, connectTimeoutMs: 10_000, maxBodyBytes: 16 * 1024 * 1024 };

/**
 * Requests to one server, each sent once: no retries, no redirects, certificates judged by the policy. What to repeat is
 * for the caller to decide, who knows what a request does.
 */
export class HttpClient {
  readonly server: URL;
  readonly #clock: Clock;
  readonly #agent: Agent;
  readonly #limits: typeof defaults;

  constructor({ server, tls, clock, ...limits }: HttpClientSettings) {
    this.server = server;
    this.#clock = clock;
    this.#limits = { ...defaults, ...limits };
    this.#agent = new Agent({
      connect: judgingConnector(tls, this.#limits.connectTimeoutMs, clock),
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Rejects with TransportError, or with the signal's reason when it aborts. */
  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    signal.throwIfAborted();
    const { requestTimeoutMs } = this.#limits;
    try {
      return await withDeadline(this.#clock, requestTimeoutMs, signal, (inner) => this.#once(request, inner));
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DeadlineError)
        throw new TransportError('broken', phrase(transportTexts.late, { ms: requestTimeoutMs }), error);
      throw transportErrorOf(error);
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy().catch(() => undefined);
  }

  async #once({ method, path, headers, body, ignoresBody }: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const prefix = this.server.pathname.replace(/\/$/, '');
    const response = await this.#agent.request({
      origin: this.server.origin,
      path: `${prefix}${path}`,
      method,
      signal,
      headers: { accept: 'application/json', ...headers },
      body: body ?? null,
    });
    if (ignoresBody === true) await response.body.dump({ limit: ignoredBytes, signal });
    const text = ignoresBody === true ? '' : await this.#textOf(response);
    return { status: response.statusCode, header: (name) => firstOf(response.headers[name]), text };
  }

  async #textOf({ body }: Dispatcher.ResponseData): Promise<string> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > this.#limits.maxBodyBytes) throw new TransportError('bad-answer', phrase(transportTexts.tooLarge));
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }
}

function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
