import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MovableClock } from '@omnia-buildstream/engine/time/movableClock';
import type { LabBmc } from '../bmc/bmc.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { LoopbackServer } from '../http/loopbackServer.ts';

/** A node of the lab as somebody in front of it sees it. */
export interface LabNodeView {
  readonly hostname: string;
  readonly bmcIp: string;
  readonly adminIp: string;
  readonly isRunning: boolean;
  /** What it booted last by PXE; undefined when it never did. */
  readonly image: string | undefined;
  readonly isFaulty: boolean;
  /** Resets that its BMC has carried out. */
  readonly resets: number;
}

/** What the control server has its hands on. */
interface Controlled {
  readonly fleet: Fleet;
  /** The time that everything of the lab goes by. */
  readonly clock: MovableClock;
}

/** Nothing of a lab waits longer. */
const longestPassMs = 24 * 3_600_000;

/**
 * What hands do in a machine room, over HTTP on 127.0.0.1: look at a node, repair its BMC, boot it; besides, time can be
 * moved on, so that nobody waits for a boot. For who knows the token only.
 *
 *     GET /nodes                    → LabNodeView[]
 *     POST /nodes/BMC_IP/repair     → LabNodeView
 *     POST /nodes/BMC_IP/boot       → LabNodeView
 *     POST /clock/pass/MILLISECONDS → {}
 */
export class ControlServer {
  readonly origin: string;
  readonly #server: LoopbackServer;

  static async start(controlled: Controlled, token: string): Promise<ControlServer> {
    const server = new LoopbackServer((request, response) => answer(controlled, token, request, response));
    await server.listen();
    return new ControlServer(server);
  }

  private constructor(server: LoopbackServer) {
    this.#server = server;
    this.origin = server.origin;
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

async function answer(
  { fleet, clock }: Controlled,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  request.resume();
  if (!isSame(request.headers.authorization ?? '', `Bearer ${token}`)) {
    send(response, 401, { error: 'The token is missing or wrong.' });
    return;
  }
  const { method, url = '/' } = request;
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
