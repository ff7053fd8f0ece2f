import type { IncomingMessage, ServerResponse } from 'node:http';
import { makeCertificate, type LabCertificate } from '../gitlab/certificate.ts';
import { FaultPlan } from '../gitlab/faults.ts';
import { LoopbackServer } from '../http/loopbackServer.ts';
import { BootServiceState } from './bootServiceState.ts';
import { ReportServices, type LabMetadataKind } from './reportServices.ts';
import { OpenchamiState, problem, type LabReply } from './state.ts';

export interface OpenchamiOptions {
  /** The only token that is accepted. */
  readonly token: string;
  readonly now: Date;
  /** Which service stores the boot parameters; BSS by default. `none` means that it is down. */
  readonly boot?: LabBootKind;
  /** Which service has the cloud-init data; by default the one that belongs to the boot service. */
  readonly metadata?: LabMetadataKind;
  /** Like Omnia's HAProxy: TLS 1.3, and a certificate only for clients that send a hostname. */
  readonly demandsName?: boolean;
}

export type LabBootKind = 'bss' | 'boot-service' | 'boot-service-legacy' | 'none';

/** HAProxy's response if it has no route. */
const notRouted: LabReply = { status: 503, body: '<html><body><h1>503 Service Unavailable</h1></body></html>' };

/** SMD and BSS or boot-service behind one HTTPS address on 127.0.0.1, with faults on demand. */
export class OpenchamiLab {
  readonly state = new OpenchamiState();
  /** The data of boot-service, if the lab simulates it. */
  readonly bootService = new BootServiceState();
  /** Groups, endpoints and cloud-init data. */
  readonly report: ReportServices;
  readonly faults = new FaultPlan();
  /** Requests that get this response and are not carried out, such as `POST /hsm/v2/groups`. */
  readonly refusals: { readonly on: RegExp; readonly reply: LabReply }[] = [];
  /** Such as `PUT /boot/v1/bootparameters`, in the order in which they arrived. */
  readonly requests: string[] = [];
  readonly certificate: LabCertificate;
  readonly #token: string;
  readonly #server: LoopbackServer;

  readonly #boot: LabBootKind;

  static async start(options: OpenchamiOptions): Promise<OpenchamiLab> {
    const lab = new OpenchamiLab(options, await makeCertificate(options.now));
    await lab.#server.listen();
    return lab;
  }

  private constructor(options: OpenchamiOptions, certificate: LabCertificate) {
    const { token, boot = 'bss', demandsName = false } = options;
    this.report = new ReportServices(options.metadata ?? (boot === 'bss' ? 'cloud-init' : 'metadata-service'));
    this.#token = token;
    this.#boot = boot;
    this.certificate = certificate;
    const handler = (request: IncomingMessage, response: ServerResponse) => this.#answer(request, response);
    this.#server = new LoopbackServer(handler, { ...certificate, demandsName });
  }

  /** URL with the address. */
  get url(): string {
    return this.#server.origin;
  }

  /** URL with the name in the certificate. */
  get namedUrl(): string {
    return this.url.replace('127.0.0.1', 'localhost');
  }

  /** Makes boot-service copy the nodes of SMD, which the real one does at an interval. */
  syncNodes(): void {
    this.bootService.syncNodes(this.state.components.keys(), this.state.interfaces.values());
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
    const refusal = this.refusals.find(({ on }) => on.test(line))?.reply;
    const reply = fault === undefined || isAfter ? (refusal ?? this.#handle(line, body, request)) : undefined;
    if (fault?.kind === 'cut') request.socket.destroy();
    else if (fault !== undefined || reply === undefined) write(response, { status: 502, body: undefined });
    else write(response, reply);
  }

  #handle(line: string, body: unknown, { headers }: IncomingMessage): LabReply {
    if (line === 'GET /tokensmith/.well-known/jwks.json') {
      return this.#boot === 'bss' ? notRouted : { status: 200, body: { keys: [] } };
    }
    if (headers.authorization !== `Bearer ${this.#token}`) return problem(401, 'no valid token');
    if (line.includes(' /hsm/v2/')) return this.#handleSmd(line, body);
    const metadata = this.report.handleMetadata(line, body);
    if (metadata !== undefined) return metadata;
    if (line.includes(' /boot/v1/')) return this.#handleLegacy(line, body);
    return this.#boot === 'boot-service' && line.includes(' /boot-service/')
      ? this.bootService.handle(line.replace('/boot-service', ''), body)
      : notRouted;
  }

  #handleSmd(line: string, body: unknown): LabReply {
    const found = this.report.handleSmd(line, body);
    if (found !== undefined) return found;
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
      default:
        return problem(404, `nothing at ${line}`);
    }
  }

  #handleLegacy(line: string, body: unknown): LabReply {
    if (this.#boot === 'boot-service-legacy') return this.bootService.handleLegacy(line, body);
    if (this.#boot !== 'bss') return notRouted;
    switch (line) {
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
  if (typeof body === 'string') {
    response.writeHead(status, { 'content-type': 'text/html' }).end(body);
    return;
  }
  response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json' });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
