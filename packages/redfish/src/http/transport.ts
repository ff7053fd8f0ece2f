import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { Client, type buildConnector } from 'undici';
import { transportErrorOf } from '@omnia-buildstream/http/client/transportError';
import { exchange, firstOf } from '@omnia-buildstream/http/client/wire/exchange';
import { maxHeaderBytes } from '@omnia-buildstream/http/client/wire/limits';
import type { Answer } from './answer.ts';

export interface TransportSettings {
  readonly limitClock: Clock;
  readonly requestTimeoutMs: number;
  readonly connect: buildConnector.connector;
  readonly port: number;
}

export interface BmcRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path on the BMC, with a leading slash. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent only to this path, and only once: a redirect is then treated like any other response. */
  readonly once?: boolean;
}

/** Responses of BMCs are small; a larger one is not accepted. */
const maxBodyBytes = 4 * 1024 * 1024;
const maxRedirects = 3;
/**
 * An idle connection is closed soon: a BMC supports only few connections, and thousands of nodes may be waiting for
 * power.
 */
const keepAliveMs = 4_000;

/** The HTTP connection to one BMC: one socket, one request at a time, each with its own deadline. */
export class Transport {
  readonly origin: string;
  readonly #client: Client;
  readonly #settings: TransportSettings;
  #last: Promise<unknown> = Promise.resolve();

  constructor(address: string, settings: TransportSettings) {
    const host = address.includes(':') ? `[${address}]` : address;
    this.origin = `https://${host}:${String(settings.port)}`;
    this.#settings = settings;
    this.#client = new Client(this.origin, {
      connect: settings.connect,
      pipelining: 1,
      maxHeaderSize: maxHeaderBytes,
      keepAliveTimeout: keepAliveMs,
      // We enforce the deadlines ourselves, by the injected clock.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /**
   * Sends a request and follows redirects on the same origin, with method and body.
   * @throws TransportError or the signal's reason
   */
  async send(request: BmcRequest, signal: AbortSignal): Promise<Answer> {
    const previous = this.#last;
    const result = previous.then(() => this.#once(request, signal));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    await this.#client.destroy().catch(() => undefined);
  }

  async #once({ method, path, body, headers, once }: BmcRequest, signal: AbortSignal): Promise<Answer> {
    const { limitClock: clock, requestTimeoutMs: totalMs } = this.#settings;
    const redirects = once === true ? 0 : maxRedirects;
    const limits = { totalMs, bodyBytes: maxBodyBytes, redirects };
    try {
      const answer = await exchange(
        {
          origin: this.origin,
          method,
          path,
          headers: {
            accept: 'application/json',
            'odata-version': '4.0',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          body: body === undefined ? undefined : JSON.stringify(body),
        },
        { dispatcher: this.#client, limits, clock, signal },
      );
      return {
        status: answer.status,
        body: parseBody(await answer.body.text()),
        location: firstOf(answer.headers['location']),
        etag: firstOf(answer.headers['etag']),
        token: firstOf(answer.headers['x-auth-token']),
        retryAfterMs: secondsToMs(firstOf(answer.headers['retry-after'])),
      };
    } catch (error) {
      signal.throwIfAborted();
      throw transportErrorOf(error);
    }
  }
}

function parseBody(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function secondsToMs(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) * 1000 : undefined;
}
