import { phrase } from '@omnia-buildstream/core/text/phrase';
import { setAlarm } from '@omnia-buildstream/engine/time/alarm';
import { onAbort } from '@omnia-buildstream/engine/time/onAbort';
import type { Dispatcher, FormData } from 'undici';
import { TransportError } from '../transportError.ts';
import { transportTexts } from '../transportTexts.ts';
import { AnswerBody } from './answerBody.ts';
import type { ExchangeLimits, HttpClock } from './limits.ts';
import { pathOn } from './location.ts';

export interface WireRequest {
  readonly origin: string;
  readonly method: string;
  /** With leading slash and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | FormData | undefined;
}

export interface WireAnswer {
  readonly status: number;
  /** With lowercase names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AnswerBody;
}

interface Surroundings {
  readonly dispatcher: Dispatcher;
  readonly limits: ExchangeLimits;
  readonly clock: HttpClock;
  readonly signal: AbortSignal;
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/**
 * The only function that sends requests to servers. It sends each request once and applies all limits to the response.
 * Redirects stay on the same origin, so that no secret goes elsewhere, and keep method and body. Errors while the body
 * is read come from the body.
 * @throws TransportError for exceeded limits, the signal's reason, or what undici throws
 */
export async function exchange(request: WireRequest, surroundings: Surroundings): Promise<WireAnswer> {
  const { limits, clock, signal } = surroundings;
  signal.throwIfAborted();
  const abort = new AbortController();
  const unlisten = onAbort(signal, () => {
    abort.abort(signal.reason);
  });
  const endLimit = abortAfter(limits.totalMs, abort, clock);
  const onEnd = (): void => {
    unlisten();
    endLimit();
  };
  try {
    return await follow(request, { ...surroundings, abort, onEnd });
  } catch (error) {
    onEnd();
    throw abort.signal.aborted ? (abort.signal.reason as Error) : error;
  }
}

interface UnderWay extends Surroundings {
  readonly abort: AbortController;
  readonly onEnd: () => void;
}

async function follow(request: WireRequest, underWay: UnderWay): Promise<WireAnswer> {
  let { path } = request;
  for (let hop = 0; ; hop++) {
    const answer = await once({ ...request, path }, underWay);
    const { redirects } = underWay.limits;
    if (redirects === 0 || !redirectStatuses.has(answer.statusCode)) return answerOf(answer, underWay);
    answer.body.on('error', () => undefined).destroy();
    const location = firstOf(answer.headers['location']);
    const next = location === undefined ? undefined : pathOn(request.origin, location, path);
    if (next === undefined || hop >= redirects) {
      throw new TransportError('bad-answer', phrase(transportTexts.elsewhere, { path: path.split('?', 1)[0] ?? '' }));
    }
    path = next;
  }
}

async function once(
  { origin, method, path, headers, body }: WireRequest,
  { dispatcher, limits, clock, abort }: UnderWay,
): Promise<Dispatcher.ResponseData> {
  const sent = { origin, path, method, headers: { ...headers }, body: body ?? null, signal: abort.signal };
  if (limits.answerMs === undefined) return dispatcher.request(sent);
  const endLimit = abortAfter(limits.answerMs, abort, clock);
  try {
    return await dispatcher.request(sent);
  } finally {
    endLimit();
  }
}

function answerOf(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  { limits, clock, onEnd }: UnderWay,
): WireAnswer {
  const encoding = firstOf(headers['content-encoding']) ?? '';
  return { status: statusCode, headers, body: new AnswerBody(body, { encoding, limits, clock, onEnd }) };
}

/** Returns a function that cancels the limit. */
function abortAfter(ms: number, abort: AbortController, clock: HttpClock): () => void {
  return setAlarm(clock, ms, () => {
    abort.abort(new TransportError('broken', phrase(transportTexts.late, { ms })));
  });
}

export function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
