import type { AnswerBody } from '@omnia-buildstream/http/client/wire/answerBody';
import { exchange } from '@omnia-buildstream/http/client/wire/exchange';
import { maxHeaderBytes, type ExchangeLimits } from '@omnia-buildstream/http/client/wire/limits';
import { Agent } from 'undici';
import { systemClock, type Clock } from '../clock.ts';
import { ConnectError } from '../errors/connectError.ts';
import { connect } from './connect.ts';
import { proxyFor, type ProxySettings } from './proxy.ts';
import type { Trust } from './trust.ts';

/** Limits of one request. */
export interface TransportLimits {
  readonly connectMs: number;
  /** Until the response begins. A commit that starts pipelines may take GitLab several seconds. */
  readonly answerMs: number;
  /** Between two pieces of the response. */
  readonly pieceMs: number;
  /** From the request to the last byte. */
  readonly totalMs: number;
  /**
   * Limit of the body. GitLab itself returns at most 100 items per page, and accepts no file larger than a few
   * megabytes.
   */
  readonly bodyBytes: number;
  /** The same limits for a log, which is read piece by piece: by default GitLab keeps 100 MB of a log. */
  readonly logMs: number;
  readonly logBytes: number;
}

const second = 1_000;
const mebibyte = 1024 * 1024;

export const defaultLimits: TransportLimits = {
  connectMs: 10 * second,
  answerMs: 60 * second,
  pieceMs: 30 * second,
  totalMs: 180 * second,
  bodyBytes: 32 * mebibyte,
  logMs: 3_600 * second,
  logBytes: 1024 * mebibyte,
};

export interface TransportOptions {
  /** `https://gitlab.example.com`, or with a path if GitLab is served below one. */
  readonly server: URL;
  readonly trust: Trust;
  readonly proxy: ProxySettings;
  readonly limits?: Partial<TransportLimits>;
  readonly clock?: Clock;
}

export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** The body is a log, read piece by piece. */
  readonly isLog?: boolean;
}

export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AnswerBody;
}

/**
 * Connections to one server. Sends each request exactly once: no retries, no redirects, no cookies. Owned by the code
 * that creates it: `close` ends its connections.
 */
export class Transport {
  readonly #reading: Agent;
  readonly #writing: Agent;

  readonly #limits: TransportLimits;
  readonly #clock: Clock;

  constructor({ server, trust, proxy, limits: given, clock = systemClock }: TransportOptions) {
    const limits = { ...defaultLimits, ...given };
    this.#limits = limits;
    this.#clock = clock;
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
      maxHeaderSize: maxHeaderBytes,
      // We apply our own time limits, by the given clock.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
    this.#reading = new Agent({ ...options, connections: 6 });
    // No keep-alive: if the server closed a kept connection at the wrong moment, a write might or might not have
    // arrived.
    this.#writing = new Agent({ ...options, pipelining: 0 });
  }

  /** @throws TransportError, ConnectError, or what undici throws */
  async send({ method, url, headers, body, signal, isLog = false }: WireRequest): Promise<WireAnswer> {
    const isReading = method === 'GET' || method === 'HEAD';
    const { answerMs, pieceMs: idleMs, totalMs, bodyBytes, logMs, logBytes } = this.#limits;
    const limits: ExchangeLimits = {
      answerMs,
      idleMs,
      totalMs: isLog ? logMs : totalMs,
      bodyBytes: isLog ? logBytes : bodyBytes,
      redirects: 0,
    };
    const answer = await exchange(
      { origin: url.origin, path: `${url.pathname}${url.search}`, method, headers, body },
      {
        dispatcher: isReading ? this.#reading : this.#writing,
        limits,
        clock: this.#clock,
        signal: signal ?? new AbortController().signal,
      },
    );
    return { status: answer.status, headers: flatten(answer.headers), body: answer.body };
  }

  async close(): Promise<void> {
    await Promise.all([this.#reading.destroy(), this.#writing.destroy()]);
  }
}

/** Over plain HTTP anyone on the network path could read the token; a loopback connection stays on this machine. */
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
