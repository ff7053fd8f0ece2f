import type { IncomingMessage, ServerResponse } from 'node:http';
import { makeCertificate, type LabCertificate } from '../gitlab/certificate.ts';
import { FaultPlan } from '../gitlab/faults.ts';
import { LoopbackServer } from '../http/loopbackServer.ts';
import { OpenchamiState, problem, type LabReply } from './state.ts';

export interface OpenchamiOptions {
  /** The only token that is accepted. */
  readonly token: string;
  readonly now: Date;
}

/** SMD and BSS behind one HTTPS address on 127.0.0.1, with faults on demand. */
export class OpenchamiLab {
  readonly state = new OpenchamiState();
  readonly faults = new FaultPlan();
  /** `PUT /boot/v1/bootparameters`, in the order in which they came. */
  readonly requests: string[] = [];
  readonly certificate: LabCertificate;
  readonly #token: string;
  readonly #server: LoopbackServer;

  static async start({ token, now }: OpenchamiOptions): Promise<OpenchamiLab> {
    const lab = new OpenchamiLab(token, await makeCertificate(now));
    await lab.#server.listen();
    return lab;
  }

  private constructor(token: string, certificate: LabCertificate) {
    this.#token = token;
    this.certificate = certificate;
    this.#server = new LoopbackServer((request, response) => this.#answer(request, response), certificate);
  }

  get url(): string {
    return this.#server.origin;
  }

  /** Requests that change something. */
  get writes(): readonly string[] {
    return this.requests.filter((request) => !request.startsWith('GET '));
  }

  stop(): Promise<void> {
    return this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = `${request.method ?? 'GET'} ${request.url ?? '/'}`;
    this.requests.push(line);
    const body = await bodyOf(request);
    const faults = this.faults.take(line);
    const fault = faults.find(({ kind }) => kind === 'bad-gateway' || kind === 'cut');
    const isAfter = fault !== undefined && 'when' in fault && fault.when === 'after';
    const reply = fault === undefined || isAfter ? this.#handle(line, body, request) : undefined;
    if (fault?.kind === 'cut') request.socket.destroy();
    else if (fault !== undefined || reply === undefined) write(response, { status: 502, body: undefined });
    else write(response, reply);
  }

  #handle(line: string, body: unknown, { headers }: IncomingMessage): LabReply {
    if (headers.authorization !== `Bearer ${this.#token}`) return problem(401, 'no valid token');
    const id = /^PATCH \/hsm\/v2\/Inventory\/EthernetInterfaces\/([^/]+)$/.exec(line)?.[1];
    if (id !== undefined) return this.state.patchInterface(id, body);
    switch (line) {
      case 'GET /hsm/v2/State/Components':
        return { status: 200, body: { Components: [...this.state.components.values()] } };
      case 'POST /hsm/v2/State/Components':
        return this.state.postComponents(body);
      case 'GET /hsm/v2/Inventory/EthernetInterfaces':
        return { status: 200, body: [...this.state.interfaces.values()] };
      case 'POST /hsm/v2/Inventory/EthernetInterfaces':
        return this.state.postInterface(body);
      case 'GET /boot/v1/bootparameters':
        return this.state.getBoot();
      case 'PUT /boot/v1/bootparameters':
        return this.state.putBoot(body);
      default:
        return problem(404, `nothing at ${line}`);
    }
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function write(response: ServerResponse, { status, body }: LabReply): void {
  response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json' });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
