import type { HttpAnswer, HttpClient, HttpRequest } from '@omnia-buildstream/http/client/httpClient';
import { errorOfAnswer, errorOfTransport } from '../errors/fromAnswer.ts';
import { correlationId } from './correlationId.ts';
import { delayMs, type Waiting } from './backOff.ts';

/** Sends requests and turns every response that is not a success into an OimError. */
export class Sender {
  readonly #http: HttpClient;
  readonly waiting: Waiting;

  constructor(http: HttpClient, waiting: Waiting) {
    this.#http = http;
    this.waiting = waiting;
  }

  /**
   * Sends a request once, with a new X-Correlation-Id. Only after a 429 does it wait and send again, because that
   * request was not carried out.
   * @throws OimError
   */
  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const what = nameOf(request);
    for (let attempt = 1; ; attempt++) {
      const id = correlationId(this.waiting.random);
      const headers = { ...request.headers, 'x-correlation-id': id };
      const answer = await this.#http.send({ ...request, headers }, signal).catch((error: unknown) => {
        throw errorOfTransport(error, what, id);
      });
      if (answer.status >= 200 && answer.status < 300) return answer;
      if (answer.status !== 429 || attempt >= this.waiting.backOff.attempts) throw errorOfAnswer(answer, what, id);
      const askedMs = Number(answer.header('retry-after') ?? '0') * 1000;
      await this.waiting.clock.sleep(delayMs(attempt, this.waiting, Number.isNaN(askedMs) ? 0 : askedMs), signal);
    }
  }
}

function nameOf({ method, path }: HttpRequest): string {
  return `${method} ${(path.split('?', 1)[0] ?? '').replace(/^\/api\/v1/, '')}`;
}
