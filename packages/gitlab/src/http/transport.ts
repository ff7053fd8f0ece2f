import { Agent, request, type Dispatcher } from 'undici';
import { systemClock, type Clock } from '../clock.ts';
import { ConnectError } from '../errors/connectError.ts';
import { connect } from './connect.ts';
import { proxyFor, type ProxySettings } from './proxy.ts';
import type { Trust } from './trust.ts';

/** Time limits in milliseconds. */
export interface TimeLimits {
  readonly connectMs: number;
  /** Until the answer begins. A commit that starts pipelines may take GitLab several seconds. */
  readonly answerMs: number;
  /** Between two pieces of the answer. */
  readonly pieceMs: number;
}

export const defaultTimeLimits: TimeLimits = { connectMs: 10_000, answerMs: 60_000, pieceMs: 30_000 };

export interface TransportOptions {
  /** `https://gitlab.example.com` or with a path below which GitLab lies. */
  readonly server: URL;
  readonly trust: Trust;
  readonly proxy: ProxySettings;
  readonly limits?: TimeLimits;
  /** By which connecting is limited. */
  readonly clock?: Clock;
}

export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Dispatcher.ResponseData['body'];
}

/**
 * Connections to one server. Sends what it is given exactly once: no retries, no redirects, no cookies.
 * Owned by who makes it: `close` ends its connections.
 */
export class Transport {
  readonly #reading: Agent;
  readonly #writing: Agent;

  constructor({ server, trust, proxy, limits = defaultTimeLimits, clock = systemClock }: TransportOptions) {
    const via = proxyFor(server, proxy);
    const options: Agent.Options = {
      connect: ({ protocol, hostname, port }, callback) => {
        const target = new URL(`${protocol}//${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`);
        if (protocol !== 'https:' && !isLoopback(hostname)) {
          callback(new ConnectError('ERR_TLS_REQUIRED', 'the address does not begin with https'), null);
          return;
        }
        connect(target, { trust, proxy: via, timeoutMs: limits.connectMs, clock }).then(
          (socket) => {
            callback(null, socket);
          },
          (error: unknown) => {
            callback(error instanceof Error ? error : new Error(String(error)), null);
          },
        );
      },
      headersTimeout: limits.answerMs,
      bodyTimeout: limits.pieceMs,
    };
    this.#reading = new Agent({ ...options, connections: 6 });
    // A kept connection that the server closes at the wrong moment would leave it open whether a write arrived.
    this.#writing = new Agent({ ...options, pipelining: 0 });
  }

  async send({ method, url, headers, body, signal }: WireRequest): Promise<WireAnswer> {
    const isReading = method === 'GET' || method === 'HEAD';
    const answer = await request(url, {
      dispatcher: isReading ? this.#reading : this.#writing,
      method,
      headers: { ...headers },
      body: body ?? null,
      ...(signal === undefined ? {} : { signal }),
    });
    return { status: answer.statusCode, headers: flatten(answer.headers), body: answer.body };
  }

  async close(): Promise<void> {
    await Promise.all([this.#reading.destroy(), this.#writing.destroy()]);
  }
}

/** Over plain HTTP everybody on the way could read the token; on this machine there is no way. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '::1' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
