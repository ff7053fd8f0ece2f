import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import type { Clock } from '../clock.ts';
import { ConnectError } from '../errors/connectError.ts';
import { codeOf, errorFromNetwork } from '../errors/fromNetwork.ts';
import { errorFromResponse, isReading } from '../errors/fromResponse.ts';
import { GitLabError } from '../errors/gitlabError.ts';
import type { Transport, WireAnswer } from './transport.ts';

export interface SessionOptions {
  readonly transport: Transport;
  /** `https://gitlab.example.com`, without `/api/v4`. */
  readonly server: URL;
  /** Called for each request; resolves to undefined if signed out. */
  readonly token: () => Promise<string | undefined>;
  readonly clock: Clock;
  /** 0 to 1, for the jitter of pauses. */
  readonly random: () => number;
}

export interface ApiRequest {
  readonly method: string;
  /** Below `/api/v4/`, encoded. */
  readonly path: string;
  /** Encoded, without `?`. */
  readonly query: string;
  /** JSON text. */
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** How often a GET may be sent in total; writes are sent once regardless. */
  readonly attempts: number;
  /** The body is a log, read piece by piece. */
  readonly isLog?: boolean;
}

/** The caller decides about longer pauses. */
const longestPauseMs = 60_000;
const firstPauseMs = 1000;
const passingStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Adds the token to requests, waits if the server asks for it, and turns every failure into a GitLabError. */
export class Session {
  readonly #options: SessionOptions;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** @throws GitLabError */
  async send(api: ApiRequest): Promise<WireAnswer> {
    const attempts = isReading(api.method) ? Math.max(1, api.attempts) : 1;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#sendOnce(api);
      } catch (error) {
        const failure = errorFromNetwork(error, nameOf(api));
        const pauseMs = this.#pauseMs(failure, attempt);
        if (attempt >= attempts || pauseMs === undefined) throw failure;
        await this.#options.clock.sleep(pauseMs, api.signal).catch((given: unknown) => {
          throw errorFromNetwork(given, nameOf(api));
        });
      }
    }
  }

  async #sendOnce(api: ApiRequest): Promise<WireAnswer> {
    const { transport, server, clock } = this.#options;
    if (api.signal?.aborted === true) throw new GitLabError('aborted', { ...nameOf(api), effect: 'none' });
    const token = await this.#options.token();
    if (token === undefined || token === '') {
      throw new GitLabError('signed-out', { ...nameOf(api), effect: 'none', detail: 'there is no token' });
    }
    secretsInUse.add(token);
    const answer = await transport.send({
      method: api.method,
      url: urlOf(server, api),
      headers: {
        'private-token': token,
        accept: 'application/json, text/plain',
        'user-agent': 'buildstream',
        ...(api.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: api.body,
      signal: api.signal,
      ...(api.isLog === undefined ? {} : { isLog: api.isLog }),
    });
    if (answer.status < 300) return answer;
    // If the server quotes the token, it must not end up in messages and logs.
    const clean = (text: string) => secretsInUse.clean(text);
    const body = clean(await answer.body.text());
    const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, clean(value)]));
    throw errorFromResponse({ ...nameOf(api), status: answer.status, headers, body }, clock.now());
  }

  /** Pause in milliseconds before a GET is sent again. Undefined if sending it again makes no sense. */
  #pauseMs(failure: GitLabError, attempt: number): number | undefined {
    const { status, retryAfterMs } = failure.facts;
    const isPassing = status === undefined ? isCut(failure) : passingStatuses.has(status);
    if (!isPassing) return undefined;
    const jitter = 1 + this.#options.random() * 0.3;
    const pauseMs = retryAfterMs ?? firstPauseMs * 2 ** (attempt - 1) * jitter;
    return pauseMs > longestPauseMs ? undefined : pauseMs;
  }
}

/** The connection was made and then lost. A server that cannot be reached is reported immediately. */
function isCut({ reason, cause }: GitLabError): boolean {
  if (cause instanceof ConnectError) return false;
  const code = codeOf(cause);
  return reason === 'not-reachable' && (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET' || code === 'EPIPE');
}

/** Without the query, which may contain what users typed. */
function nameOf({ method, path }: ApiRequest): { method: string; path: string } {
  return { method, path: `/${path}` };
}

function urlOf(server: URL, { path, query }: ApiRequest): URL {
  const base = `${server.origin}${server.pathname.replace(/(?<!\/)\/+$/, '')}`;
  return new URL(`${base}/api/v4/${path}${query === '' ? '' : `?${query}`}`);
}
