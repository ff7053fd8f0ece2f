import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MovableClock } from '@omnia-buildstream/engine/time/movableClock';
import type { LabBmc } from '../bmc/bmc.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { OimFaults } from '../oim/faults.ts';
import { readFault } from '../oim/readFault.ts';
import { LoopbackServer } from '../http/loopbackServer.ts';

/** A lab node as a person in front of it sees it. */
export interface LabNodeView {
  readonly hostname: string;
  readonly bmcIp: string;
  readonly adminIp: string;
  readonly isRunning: boolean;
  /** Image that it booted last by PXE. Undefined if it never did. */
  readonly image: string | undefined;
  readonly isFaulty: boolean;
  /** Resets that its BMC has carried out. */
  readonly resets: number;
}

/** What the control server can act on. */
interface Controlled {
  readonly fleet: Fleet;
  /** The clock of everything in the lab. */
  readonly clock: MovableClock;
  /** Faults of the BuildStreaM API. Absent if the lab has no API. */
  readonly oimFaults?: OimFaults;
}

/** Limit for advancing the clock: nothing in a lab waits longer. */
const longestPassMs = 24 * 3_600_000;

/**
 * Manual work in a machine room, over HTTP on 127.0.0.1: look at a node, repair its BMC, boot it. Time can also be
 * advanced, so that no one has to wait for a boot. Every request needs the token.
 *
 *     GET /nodes                    → LabNodeView[]
 *     POST /nodes/BMC_IP/repair     → LabNodeView
 *     POST /nodes/BMC_IP/boot       → LabNodeView
 *     POST /clock/pass/MILLISECONDS → {}
 *     POST /api/faults, a fault     → {}: a fault of requests to the BuildStreaM API (`readFault.ts`)
 *     DELETE /api/faults            → {}
 */
export class ControlServer {
  readonly origin: string;
  readonly #server: LoopbackServer;

  readonly #asked: () => number;

  static async start(controlled: Controlled, token: string): Promise<ControlServer> {
    let asked = 0;
    const server = new LoopbackServer((request, response) => {
      asked++;
      return answer(controlled, token, request, response);
    });
    await server.listen();
    return new ControlServer(server, () => asked);
  }

  private constructor(server: LoopbackServer, asked: () => number) {
    this.#asked = asked;
    this.#server = server;
    this.origin = server.origin;
  }

  /** Number of requests so far. */
  get asked(): number {
    return this.#asked();
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

async function answer(
  controlled: Controlled,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isSame(request.headers.authorization ?? '', `Bearer ${token}`)) {
    request.resume();
    send(response, 401, { error: 'The token is missing or wrong.' });
    return;
  }
  const { fleet, clock, oimFaults } = controlled;
  const { method, url = '/' } = request;
  if (url === '/api/faults' && oimFaults !== undefined && (method === 'POST' || method === 'DELETE')) {
    const fault = method === 'POST' ? readFault(await jsonOf(request)) : undefined;
    if (method === 'DELETE') oimFaults.clear();
    if (fault !== undefined) oimFaults.add(fault);
    const isDone = method === 'DELETE' || fault !== undefined;
    send(response, isDone ? 200 : 422, isDone ? {} : { error: 'That is not a fault of the API.' });
    return;
  }
  request.resume();
  if (method === 'GET' && url === '/nodes') {
    send(response, 200, fleet.bmcs.map(viewOf));
    return;
  }
  const passed = /^\/clock\/pass\/(\d{1,9})$/.exec(method === 'POST' ? url : '')?.[1];
  if (passed !== undefined && Number(passed) <= longestPassMs) {
    clock.passMs(Number(passed));
    send(response, 200, {});
    return;
  }
  const [, bmcIp = '', action] = /^\/nodes\/([\d.]+)\/(repair|boot)$/.exec(method === 'POST' ? url : '') ?? [];
  const bmc = fleet.get(bmcIp);
  if (bmc === undefined) {
    send(response, 404, { error: 'There is no such node or action.' });
    return;
  }
  if (action === 'repair') await fleet.repair(bmcIp);
  else bmc.bootByHand();
  send(response, 200, viewOf(bmc));
}

const mostBytes = 10_000;

/** Undefined if it is not JSON, or too long. */
async function jsonOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (text.length > mostBytes) return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function viewOf({ node, isRunning, record }: LabBmc): LabNodeView {
  return {
    hostname: node.hostname,
    bmcIp: node.address,
    adminIp: node.adminIp,
    isRunning,
    image: record.images.at(-1),
    isFaulty: Object.keys(node.faults).length > 0,
    resets: record.resetsCarriedOut,
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
