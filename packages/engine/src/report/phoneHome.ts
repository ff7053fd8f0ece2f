import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import type { Clock } from '../ports/clock.ts';
import type { NodeWatch, Report, ReportingNode, ReportSource } from '../ports/reports.ts';
import { noLonger, onAbort } from '../time/onAbort.ts';
import { nodeTexts } from './nodeTexts.ts';

const maxBodyBytes = 64 * 1024;
const requestTimeoutMs = 10_000;

/** How long a report may wait for its confirmation before the node is told to try again. */
const holdMs = 4_000;

interface Waiting {
  report: Report | undefined;
  readonly onReport: Set<(report: Report) => void>;
  isConfirmed: boolean;
  /** Requests that wait for the confirmation. */
  readonly held: Set<() => void>;
}

/**
 * An endpoint for cloud-init's phone_home: any path, POST, a form (or JSON) with hostname and instance_id. The sender's
 * address identifies the node; when no node has it (address translation), the hostname does. 200 is answered when the
 * result is durable. Before that, and for a node that nobody waits for, the answer is 503, so that the node tries
 * again: a run that was killed and is resumed must still hear of it.
 */
export class PhoneHomeServer implements ReportSource {
  readonly port: number;
  readonly #server: Server;
  readonly #clock: Clock;
  readonly #byAddress = new Map<string, Waiting>();
  readonly #byName = new Map<string, Waiting>();

  static async listen(host: string, port: number, clock: Clock): Promise<PhoneHomeServer> {
    const server = createServer();
    server.requestTimeout = requestTimeoutMs;
    server.headersTimeout = requestTimeoutMs;
    server.listen(port, host);
    await once(server, 'listening');
    const address = server.address();
    return new PhoneHomeServer(server, address !== null && typeof address === 'object' ? address.port : port, clock);
  }

  private constructor(server: Server, port: number, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
    this.port = port;
    server.on('request', (message: IncomingMessage, response: ServerResponse) => {
      this.#serve(message, response).catch(() => message.destroy());
    });
  }

  watch({ adminIp, hostname }: ReportingNode): NodeWatch {
    const waiting: Waiting = { report: undefined, onReport: new Set(), isConfirmed: false, held: new Set() };
    if (adminIp !== '') this.#byAddress.set(adminIp, waiting);
    if (hostname !== '') this.#byName.set(hostname.toLowerCase(), waiting);
    return {
      reported: (signal) => reportOf(waiting, signal),
      // A system that was running before has nothing more to report.
      oldIsGone: () => undefined,
      missing: undefined,
      close: () => {
        release(waiting);
        // A node that missed the response reports once more, and is told again that it was heard.
        if (waiting.isConfirmed) return;
        remove(this.#byAddress, adminIp, waiting);
        remove(this.#byName, hostname.toLowerCase(), waiting);
      },
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number): void => {
      response.writeHead(status, { 'content-length': 0, connection: 'close' });
      response.end();
    };
    if (message.method !== 'POST') {
      answer(405);
      return;
    }
    const name = hostnameIn(await bodyOf(message));
    const address = (message.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const waiting = this.#byAddress.get(address) ?? this.#byName.get(name);
    if (waiting === undefined) {
      answer(503);
      return;
    }
    waiting.report ??= reportFrom(address, waiting);
    for (const listener of waiting.onReport) listener(waiting.report);
    waiting.onReport.clear();
    await confirmation(waiting, this.#clock);
    answer(waiting.isConfirmed ? 200 : 503);
  }
}

function reportFrom(address: string, waiting: Waiting): Report {
  return {
    detail: phrase(nodeTexts.phoneHome, { address }),
    confirm: () => {
      waiting.isConfirmed = true;
      release(waiting);
    },
  };
}

/** Resolves when the report is confirmed, nobody is waiting anymore, or the request has waited long enough. */
function confirmation(waiting: Waiting, clock: Clock): Promise<void> {
  if (waiting.isConfirmed) return Promise.resolve();
  return new Promise((resolve) => {
    const ended = new AbortController();
    const done = (): void => {
      ended.abort(noLonger);
      waiting.held.delete(done);
      resolve();
    };
    waiting.held.add(done);
    clock.sleep(holdMs, ended.signal).then(done, () => undefined);
  });
}

function release({ held }: Waiting): void {
  for (const done of held) done();
}

function reportOf(waiting: Waiting, signal: AbortSignal): Promise<Report> {
  if (waiting.report !== undefined) return Promise.resolve(waiting.report);
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const onReport = (report: Report): void => {
      unlisten();
      resolve(report);
    };
    const unlisten = onAbort(signal, () => {
      waiting.onReport.delete(onReport);
      reject(signal.reason as Error);
    });
    waiting.onReport.add(onReport);
  });
}

function remove(map: Map<string, Waiting>, key: string, waiting: Waiting): void {
  if (map.get(key) === waiting) map.delete(key);
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Error('the report is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The short name, lower case; empty when the report has none. */
function hostnameIn(body: string): string {
  const name = nameInJson(body) ?? new URLSearchParams(body).get('hostname');
  return typeof name === 'string' ? name.trim().toLowerCase() : '';
}

/** Undefined for the form that cloud-init sends, which is not parsed: an error with its stack for each node of a fleet. */
function nameInJson(body: string): unknown {
  if (!body.trimStart().startsWith('{')) return undefined;
  try {
    return (JSON.parse(body) as { readonly hostname?: unknown }).hostname;
  } catch {
    return undefined;
  }
}
