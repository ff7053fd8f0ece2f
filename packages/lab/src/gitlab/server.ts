import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from '../http/loopbackServer.ts';
import type { LabCertificate } from './certificate.ts';
import type { Fault, FaultPlan } from './faults.ts';
import { handleApi, type ApiOptions } from './api/handle.ts';
import { handleGit } from './git/handle.ts';
import type { LabClock } from './labClock.ts';

export interface ServerOptions extends ApiOptions {
  /** Undefined for plain HTTP. */
  readonly certificate: LabCertificate | undefined;
  readonly faults: FaultPlan;
  readonly clock: LabClock;
  readonly signal: AbortSignal;
}

/** A received request, for tests that count requests. */
export interface SeenRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
}

/** The HTTP side of the lab's GitLab, on 127.0.0.1. */
export class LabServer {
  readonly seen: SeenRequest[] = [];
  readonly #options: ServerOptions;
  readonly #server: LoopbackServer;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#server = new LoopbackServer((request, response) => this.#answer(request, response), options.certificate);
  }

  get origin(): string {
    return this.#server.origin;
  }

  listen(port = 0): Promise<void> {
    return this.#server.listen(port);
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/' } = request;
    this.seen.push({ method, path });
    const faults = this.#options.faults.take(`${method} ${path}`);
    if (await this.#failBefore(faults, request, response)) return;
    if (!path.startsWith('/api/')) {
      await handleGit(request, response, this.#options);
      return;
    }
    const answer = await handleApi(request, { ...this.#options, origin: this.origin });
    const after = faults.find((fault) => 'when' in fault && fault.when === 'after');
    const latencyMs = this.#options.faults.latencyMs;
    if (latencyMs > 0) await this.#options.clock.sleep(latencyMs, this.#options.signal);
    if (after?.kind === 'cut') request.socket.destroy();
    else if (after?.kind === 'bad-gateway') badGateway(response);
    else if (faults.some(({ kind }) => kind === 'half-answer')) {
      response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.byteLength) });
      response.write(answer.body.subarray(0, answer.body.byteLength >> 1), () => request.socket.destroy());
    } else {
      const length = method === 'HEAD' ? {} : { 'content-length': String(answer.body.byteLength) };
      response.writeHead(answer.status, { ...answer.headers, ...length });
      response.end(answer.body);
    }
  }

  /** @returns true if the request is over */
  async #failBefore(faults: readonly Fault[], request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    for (const fault of faults) {
      if (fault.kind === 'slow') await this.#options.clock.sleep(fault.ms, this.#options.signal);
      if (fault.kind === 'stale-file') await this.#options.changeFile(fault.path, fault.content);
      if (fault.kind === 'too-many') {
        tooMany(response, fault);
        return true;
      }
      if ('when' in fault && fault.when === 'before') {
        if (fault.kind === 'cut') request.socket.destroy();
        else badGateway(response);
        return true;
      }
    }
    return false;
  }
}

function badGateway(response: ServerResponse): void {
  response.writeHead(502, { 'content-type': 'text/html' });
  response.end('<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>');
}

function tooMany(response: ServerResponse, fault: Fault & { kind: 'too-many' }): void {
  if (fault.style === 'application') {
    response.writeHead(429, { 'content-type': 'application/json' });
    response.end('{"message":{"error":"This endpoint has been requested too many times. Try again later."}}');
    return;
  }
  const seconds = String(fault.retryAfterSeconds ?? 1);
  response.writeHead(429, {
    'content-type': 'text/plain',
    ...(fault.style === 'throttle' ? { 'retry-after': seconds, 'ratelimit-name': 'throttle_authenticated_api' } : {}),
  });
  response.end('Retry later\n');
}
