import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { LabBmc } from '../bmc/bmc.ts';
import type { LabBmcSettings, LabNode } from '../bmc/settings.ts';
import { listen } from '../net/listen.ts';
import { makeAuthority, makeCertificate, type KeyAndCertificate } from './certificates.ts';
import { answerUnder, pathOf, readLabRequest, toSlash, writeAnswer, writeHalf } from './exchangeHttp.ts';

export interface FleetSettings {
  readonly nodes: readonly LabNode[];
  readonly bmc: LabBmcSettings;
  readonly clock: Clock;
  /** TCP port of every BMC, not used by anything else. */
  readonly port: number;
  /** Delay of each response. */
  readonly latencyMs: number;
  readonly onHold: OnHold;
}

/**
 * Called when the BMC at this address holds back a response until its clock advances, or forever; the returned function
 * is called when that is over. A test that advances the clock by hand uses it to see that a request waits for nothing
 * else.
 */
export type OnHold = (address: string) => () => void;

/** One listener with its BMC, and the connections that a `vanish` has to break. */
interface Host {
  readonly bmc: LabBmc;
  readonly sockets: Set<Socket>;
  listener: TcpServer | undefined;
  context: Promise<SecureContext> | undefined;
  inFlight: number;
}

/**
 * A fleet of BMCs in one process, each on its own loopback address. One HTTP server responds for all of them: the
 * listener of an address only puts TLS around its sockets and passes them on. The certificate of a BMC is created when
 * it is first contacted.
 */
export class Fleet {
  readonly bmcs: readonly LabBmc[];
  readonly authority: KeyAndCertificate;
  readonly port: number;
  readonly #settings: FleetSettings;
  /** Signs the certificates of BMCs with a wrong certificate; created for the first of them. */
  #strangers: Promise<KeyAndCertificate> | undefined;
  readonly #hosts = new Map<string, Host>();
  readonly #hostOf = new WeakMap<Socket, Host>();
  readonly #http: Server;
  readonly #stopped = new AbortController();

  static async start(settings: FleetSettings): Promise<Fleet> {
    const now = settings.clock.now();
    const fleet = new Fleet(settings, await makeAuthority('Lab BMC authority', now));
    await fleet.#listenAll();
    return fleet;
  }

  private constructor(settings: FleetSettings, authority: KeyAndCertificate) {
    this.#settings = settings;
    this.authority = authority;
    this.port = settings.port;
    this.#http = createHttpServer((message, response) => {
      this.#serve(message, response).catch(() => message.socket.destroy());
    });
    this.bmcs = settings.nodes.map((node) => new LabBmc(node, settings.bmc));
    for (const bmc of this.bmcs) {
      const host: Host = { bmc, sockets: new Set(), listener: undefined, context: undefined, inFlight: 0 };
      this.#hosts.set(bmc.node.address, host);
    }
  }

  get(address: string): LabBmc | undefined {
    return this.#hosts.get(address)?.bmc;
  }

  /** Repairs a BMC: from now on it responds, with a certificate from the lab's authority. */
  async repair(address: string): Promise<void> {
    const host = this.#hosts.get(address);
    if (host === undefined) throw new Error(`no BMC at ${address}`);
    host.bmc.repair();
    host.context = undefined;
    if (host.listener === undefined) await this.#listen(host);
  }

  /** Creates all certificates now instead of when they are first needed. */
  async warmUp(): Promise<void> {
    for (const host of this.#hosts.values()) await (host.context ??= this.#contextOf(host.bmc));
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    const closing = [...this.#hosts.values()].map(async (host) => {
      host.bmc.stop();
      await vanish(host);
    });
    await Promise.all(closing);
    this.#http.close();
  }

  async #listenAll(): Promise<void> {
    try {
      for (const host of this.#hosts.values()) {
        if (host.bmc.node.faults.unreachable !== true) await this.#listen(host);
      }
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async #listen(host: Host): Promise<void> {
    const listener = createTcpServer((socket) => {
      host.sockets.add(socket);
      socket.on('close', () => host.sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      this.#secure(host, socket).catch(() => socket.destroy());
    });
    host.listener = listener;
    await listen(listener, this.port, host.bmc.node.address);
  }

  async #secure(host: Host, socket: Socket): Promise<void> {
    if (host.bmc.node.faults.manner?.tls === 'none') {
      this.#hostOf.set(socket, host);
      this.#http.emit('connection', socket);
      return;
    }
    host.context ??= this.#contextOf(host.bmc);
    const secure = new TLSSocket(socket, { isServer: true, secureContext: await host.context });
    secure.on('error', () => secure.destroy());
    this.#hostOf.set(secure, host);
    this.#http.emit('connection', secure);
  }

  async #contextOf({ node }: LabBmc): Promise<SecureContext> {
    const now = this.#settings.clock.now();
    const authority =
      node.faults.wrongCertificate === true
        ? await (this.#strangers ??= makeAuthority('Another authority', now))
        : this.authority;
    const name = node.faults.wrongName === true ? '127.0.0.1' : node.address;
    const certificate = await makeCertificate(authority, name, now);
    const isOld = node.faults.manner?.tls === 'old';
    // OpenSSL supports these only if they are explicitly enabled.
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    return createSecureContext({ ...certificate, ...(isOld ? old : {}) });
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = this.#hostOf.get(message.socket);
    if (host === undefined) throw new Error('a connection without BMC');
    const { bmc } = host;
    const kind = bmc.kindOf(message.method ?? 'GET', pathOf(message));
    bmc.record.requests.push(kind);
    bmc.record.mostAtOnce = Math.max(bmc.record.mostAtOnce, ++host.inFlight);
    try {
      const request = await readLabRequest(message);
      const fault = bmc.faults.next(kind);
      const { clock, latencyMs, onHold } = this.#settings;
      const delayMs = latencyMs + (fault?.do === 'delay' ? fault.delayMs : 0);
      if (delayMs > 0) {
        const release = onHold(bmc.node.address);
        await clock.sleep(delayMs, this.#stopped.signal);
        release();
      }
      if (fault?.do === 'vanish') await vanish(host);
      if (fault?.do === 'restart') {
        await vanish(host);
        bmc.auth.sessions.forget();
        void clock.sleep(fault.awayMs, this.#stopped.signal).then(
          () => this.#listen(host),
          () => undefined,
        );
        return;
      }
      if (fault?.do === 'hang') {
        onHold(bmc.node.address);
        return;
      }
      const { manner } = bmc.node.faults;
      const redirect = manner?.slashes === true ? toSlash(message, kind === 'reset') : undefined;
      const answer = redirect ?? answerUnder(fault, bmc, request);
      if (answer === undefined) message.socket.destroy();
      else if (fault?.do === 'cut-within') writeHalf(response, answer);
      else writeAnswer(response, answer, manner);
    } finally {
      host.inFlight--;
    }
  }
}

async function vanish(host: Host): Promise<void> {
  const { listener } = host;
  host.listener = undefined;
  for (const socket of host.sockets) socket.destroy();
  if (listener?.listening === true) await new Promise((resolve) => listener.close(resolve));
}
