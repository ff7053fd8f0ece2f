import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server } from 'node:net';
import type { LabNode } from '../bmc/settings.ts';
import type { KeyAndCertificate } from '../fleet/certificates.ts';
import { listen } from '../net/listen.ts';
import type { LabPorts } from './services.ts';

/** The TCP ports of running nodes, for probes: open while the node runs, closed otherwise. */
export class NodePorts {
  readonly #portsOf: (node: LabNode) => LabPorts;
  readonly #open = new Map<string, readonly Server[]>();
  #isStopped = false;

  readonly #certificateOf: (node: LabNode) => Promise<KeyAndCertificate>;

  /** @param certificateOf the certificate of a node's Kubernetes API */
  constructor(portsOf: (node: LabNode) => LabPorts, certificateOf: (node: LabNode) => Promise<KeyAndCertificate>) {
    this.#portsOf = portsOf;
    this.#certificateOf = certificateOf;
  }

  /** Opens the ports of the services that are not broken. */
  async open(node: LabNode): Promise<void> {
    const { adminIp, faults } = node;
    if (this.#isStopped || this.#open.has(adminIp)) return;
    const services = Object.entries(this.#portsOf(node)).filter(([service]) => {
      return !(faults.closedServices?.some((closed) => closed === service) ?? false);
    });
    // Set before anything is awaited: if opened twice, the second call finds nothing to do.
    this.#open.set(adminIp, []);
    const servers = await Promise.all(
      services.map(async ([service, port]) => {
        const server = service === 'kube-api' ? kubeApi(await this.#certificateOf(node)) : greeter();
        await listen(server, port, adminIp);
        return server;
      }),
    );
    if (this.#open.has(adminIp)) this.#open.set(adminIp, servers);
    else for (const server of servers) server.close();
  }

  close({ adminIp }: LabNode): void {
    for (const server of this.#open.get(adminIp) ?? []) server.close();
    this.#open.delete(adminIp);
  }

  stop(): void {
    this.#isStopped = true;
    for (const servers of this.#open.values()) for (const server of servers) server.close();
    this.#open.clear();
  }
}

function greeter(): Server {
  return createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end('SSH-2.0-lab\r\n');
  });
}

/** Responds as the Kubernetes API does without credentials: health for everyone, 401 for the rest. */
function kubeApi({ cert, key }: KeyAndCertificate): Server {
  return createHttpsServer({ cert, key }, ({ url = '' }, response) => {
    const isHealth = /^\/(?:livez|readyz|healthz)\b/.test(url);
    response.writeHead(isHealth ? 200 : 401, { 'content-type': 'text/plain', connection: 'close' });
    response.end(isHealth ? 'ok' : 'Unauthorized');
  });
}
