import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LabCertificate } from '../../gitlab/certificate.ts';
import type { LabClock } from '../../gitlab/labClock.ts';
import { LoopbackServer } from '../../http/loopbackServer.ts';
import type { OimFault, OimFaults } from '../faults.ts';
import { isJobId } from '../jobs.ts';
import type { LabOim, Mishap } from '../labOim.ts';
import { Refusal } from '../refusal.ts';
import { errorAnswer } from './errors.ts';
import { readRequest, type OimAnswer, type OimRequest } from './exchange.ts';
import { routeOf } from './routes.ts';

export interface OimServerOptions {
  readonly oim: LabOim;
  readonly certificate: LabCertificate;
  readonly faults: OimFaults;
  readonly clock: LabClock;
}

/** The HTTPS side of the lab's BuildStreaM API, on 127.0.0.1. */
export class LabOimServer {
  /** `GET /api/v1/images?limit=50`: the received requests, for tests that count them. */
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
    const answer = this.#carryOut(request, faults);
    const after = faults.find((fault) => 'when' in fault && fault.when === 'after');
    if (after?.kind === 'cut') message.socket.destroy();
    else if (after?.kind === 'bad-gateway') badGateway(response);
    else write(response, answer, request);
  }

  #carryOut(request: OimRequest, faults: readonly OimFault[]): OimAnswer {
    const { oim, clock } = this.#options;
    const now = clock.now();
    const given = request.header('x-correlation-id') ?? '';
    const correlationId = isJobId(given) ? given : randomUUID();
    const found = routeOf(request.method, request.path, request.header('host') ?? '');
    if (!('answer' in found)) return found;
    try {
      failInside(faults, 'before');
      const answer = found.answer({ request, oim, correlationId, now, mishap: mishapOf(faults) });
      failInside(faults, 'after');
      return answer;
    } catch (error) {
      return errorAnswer(error, { errors: found.errors, correlationId, now });
    }
  }

  /** @returns true if the request is over */
  async #failBefore(fault: OimFault, message: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (fault.kind === 'slow') await this.#options.clock.sleep(fault.ms, this.#closing.signal);
    if (fault.kind === 'expire-tokens') this.#options.oim.clients.expireTokens();
    if (fault.kind === 'too-many') {
      const seconds = fault.retryAfterSeconds;
      const headers = seconds === undefined ? {} : { 'retry-after': String(seconds) };
      write(response, { status: 429, body: { detail: 'Rate limit exceeded' }, headers });
      return true;
    }
    if ((fault.kind !== 'cut' && fault.kind !== 'bad-gateway') || fault.when !== 'before') return false;
    if (fault.kind === 'cut') message.socket.destroy();
    else badGateway(response);
    return true;
  }
}

/** @throws Refusal the API's own failure, if a fault asks for it */
function failInside(faults: readonly OimFault[], when: 'before' | 'after'): void {
  if (faults.some((fault) => fault.kind === 'internal-error' && fault.when === when)) {
    throw new Refusal(500, 'INTERNAL_ERROR', 'An unexpected error occurred');
  }
}

function mishapOf(faults: readonly OimFault[]): Mishap | undefined {
  for (const fault of faults) {
    if (fault.kind === 'hang') return fault.when === 'before' ? 'never-run' : 'result-lost';
    if (fault.kind === 'internal-error' && fault.when === 'after') return 'unseen';
  }
  return undefined;
}

function write(response: ServerResponse, { status, body, text, headers }: OimAnswer, request?: OimRequest): void {
  const content = text?.content ?? (body === undefined ? '' : JSON.stringify(body));
  const type = text?.type ?? (body === undefined ? undefined : 'application/json');
  const length = String(Buffer.byteLength(content));
  response.writeHead(status, {
    'content-length': length,
    ...(type === undefined ? {} : { 'content-type': type }),
    ...headers,
  });
  response.end(request?.method === 'HEAD' ? undefined : content);
}

function badGateway(response: ServerResponse): void {
  response.writeHead(502, { 'content-type': 'text/html' });
  response.end('<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>');
}
