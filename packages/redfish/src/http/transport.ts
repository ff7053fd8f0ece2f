import { phrase } from '@omnia-buildstream/core/text/phrase';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { DeadlineError, withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { Client, type buildConnector, type Dispatcher } from 'undici';
import { TransportError, transportErrorOf } from '@omnia-buildstream/http/client/transportError';
import { transportTexts } from '@omnia-buildstream/http/client/transportTexts';
import type { Answer } from './answer.ts';

export interface TransportSettings {
  readonly clock: Clock;
  readonly requestTimeoutMs: number;
  readonly connect: buildConnector.connector;
  readonly port: number;
}

export interface BmcRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path on the BMC, with leading slash. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers of BMCs are small; more than this is no answer to us. */
const maxBodyBytes = 4 * 1024 * 1024;
const maxRedirects = 3;
const redirectTexts = { elsewhere: 'the BMC redirects {path} to where we do not follow' } as const;
/** An idle connection is given up soon: a BMC has few, and thousands of nodes may be waiting for power. */
const keepAliveMs = 4_000;

/** The HTTP connection to one BMC: one socket, one request at a time, each with its deadline. */
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
      keepAliveTimeout: keepAliveMs,
      // Deadlines are ours, by the clock that we are given.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Sends a request and follows 307 and 308 with method and body. Rejects with TransportError or the signal's reason. */
  async send(request: BmcRequest, signal: AbortSignal): Promise<Answer> {
    const previous = this.#last;
    const result = previous.then(() => this.#follow(request, signal));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    await this.#client.destroy().catch(() => undefined);
  }

  async #follow(request: BmcRequest, signal: AbortSignal): Promise<Answer> {
    let { path } = request;
    for (let hops = 0; ; hops++) {
      const answer = await this.#once({ ...request, path }, signal);
      if (answer.status !== 307 && answer.status !== 308) return answer;
      const next = new URL(answer.location ?? '', `${this.origin}${path}`);
      if (answer.location === undefined || hops >= maxRedirects || next.origin !== this.origin) {
        throw new TransportError('bad-answer', phrase(redirectTexts.elsewhere, { path }));
      }
      path = next.pathname + next.search;
    }
  }

  async #once(request: BmcRequest, signal: AbortSignal): Promise<Answer> {
    const { clock, requestTimeoutMs } = this.#settings;
    try {
      return await withDeadline(clock, requestTimeoutMs, signal, (inner) => this.#dispatch(request, inner));
    } catch (error) {
      signal.throwIfAborted();
      throw transportError(error);
    }
  }

  async #dispatch({ method, path, body, headers }: BmcRequest, signal: AbortSignal): Promise<Answer> {
    const response = await this.#client.request({
      method,
      path,
      signal,
      headers: {
        accept: 'application/json',
        'odata-version': '4.0',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return {
      status: response.statusCode,
      body: parseBody(await readBody(response)),
      location: header(response, 'location'),
      etag: header(response, 'etag'),
      token: header(response, 'x-auth-token'),
      retryAfterMs: secondsToMs(header(response, 'retry-after')),
    };
  }
}

async function readBody({ body }: Dispatcher.ResponseData): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new TransportError('bad-answer', phrase(transportTexts.tooLarge));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseBody(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function header({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function secondsToMs(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) * 1000 : undefined;
}

function transportError(error: unknown): TransportError {
  return error instanceof DeadlineError ? new TransportError('broken', error.phrase, error) : transportErrorOf(error);
}
