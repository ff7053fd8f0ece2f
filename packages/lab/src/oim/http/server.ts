import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LabCertificate } from '../../gitlab/certificate.ts';
import type { LabClock } from '../../gitlab/labClock.ts';
import { LoopbackServer } from '../../http/loopbackServer.ts';
import type { OimFault, OimFaults } from '../faults.ts';
import type { LabOim } from '../labOim.ts';
import { Refusal } from '../refusal.ts';
import { readRequest, Unprocessable, type OimAnswer, type OimRequest } from './exchange.ts';
import { answerRoute, errorStyle } from './routes.ts';

export interface OimServerOptions {
  readonly oim: LabOim;
  readonly certificate: LabCertificate;
  readonly faults: OimFaults;
  readonly clock: LabClock;
}

/** The HTTPS side of the lab's BuildStreaM API, on 127.0.0.1. */
export class LabOimServer {
  /** `GET /api/v1/images?limit=50`: the requests that came in, for tests that count. */
  readonly seen: string[] = [];
  readonly #options: OimServerOptions;
  readonly #server: LoopbackServer;
  readonly #closing = new AbortController();

  constructor(options: OimServerOptions) {
    this.#options = options;
    this.#server = new LoopbackServer((request, response) => this.#answer(request, response), options.certificate);
  }

  get origin(): string {
    return this.#server.origin;
  }

  listen(port = 0): Promise<void> {
    return this.#server.listen(port);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#server.close();
  }

  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = `${message.method ?? 'GET'} ${message.url ?? '/'}`;
    this.seen.push(line);
    const request = await readRequest(message);
    const faults = this.#options.faults.take(line);
    for (const fault of faults) if (await this.#failBefore(fault, message, response)) return;
    const correlationId = request.header('x-correlation-id') ?? randomUUID();
    const answer = this.#carryOut(request, correlationId);
    const after = faults.find((fault) => 'when' in fault && fault.when === 'after');
    if (after?.kind === 'cut') message.socket.destroy();
    else if (after?.kind === 'bad-gateway') badGateway(response);
    else write(response, answer, { 'x-correlation-id': correlationId });
  }

  #carryOut(request: OimRequest, correlationId: string): OimAnswer {
    const now = this.#options.clock.now();
    try {
      return answerRoute({ request, oim: this.#options.oim, correlationId, now });
    } catch (error) {
      if (error instanceof Unprocessable) {
        const detail = [{ type: 'value_error', loc: ['body', error.field], msg: error.message }];
        return { status: 422, body: { detail } };
      }
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: { detail: detailOf(error, request, correlationId, now) } };
    }
  }

  /** @returns true when the request is over */
  async #failBefore(fault: OimFault, message: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (fault.kind === 'slow') await this.#options.clock.sleep(fault.ms, this.#closing.signal);
    if (fault.kind === 'expire-tokens') this.#options.oim.clients.expireTokens();
    if (fault.kind === 'too-many') {
      const seconds = fault.retryAfterSeconds;
      const wait = seconds === undefined ? {} : { 'retry-after': String(seconds) };
      write(response, { status: 429, body: { detail: 'Rate limit exceeded' } }, wait);
      return true;
    }
    if (!('when' in fault) || fault.when !== 'before') return false;
    if (fault.kind === 'cut') message.socket.destroy();
    else badGateway(response);
    return true;
  }
}

/** Bearer errors look like the others of /auth wherever they happen. */
function detailOf({ status, code, message }: Refusal, request: OimRequest, correlationId: string, now: Date): unknown {
  const style = status === 401 || status === 403 ? 'auth' : errorStyle(request);
  switch (style) {
    case 'auth':
      return { error: code, error_description: message };
    case 'upload':
      return { error_code: code, message };
    case 'stage':
      return { error: code, message, correlation_id: correlationId, timestamp: now.toISOString() };
  }
}

function write(response: ServerResponse, { status, body }: OimAnswer, headers: Readonly<Record<string, string>>): void {
  const text = JSON.stringify(body);
  const length = String(Buffer.byteLength(text));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': length, ...headers });
  response.end(text);
}

function badGateway(response: ServerResponse): void {
  response.writeHead(502, { 'content-type': 'text/html' });
  response.end('<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>');
}
