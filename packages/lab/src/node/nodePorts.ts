import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { LabNode } from '../bmc/settings.ts';

/** Services of a lab node that listen at a TCP port. */
export type LabService = 'ssh' | 'slurmctld' | 'slurmd' | 'kubelet';

/** Where services listen; those without a port do not. */
export type LabPorts = Readonly<Partial<Record<LabService, number>>>;

/** The TCP ports of running nodes, for probes: open while the node runs, closed otherwise. */
export class NodePorts {
  readonly #portsOf: (node: LabNode) => LabPorts;
  readonly #open = new Map<string, readonly Server[]>();
  #isStopped = false;

  constructor(portsOf: (node: LabNode) => LabPorts) {
    this.#portsOf = portsOf;
  }

  /** Opens the ports of the services that are not broken. */
  async open(node: LabNode): Promise<void> {
    const { adminIp, faults } = node;
    if (this.#isStopped || this.#open.has(adminIp)) return;
    const ports = Object.entries(this.#portsOf(node))
      .filter(([service]) => !(faults.closedServices?.some((closed) => closed === service) ?? false))
      .map(([, port]) => port);
    const servers = ports.map(() =>
      createServer((socket) => {
        socket.on('error', () => socket.destroy());
        socket.end('SSH-2.0-lab\r\n');
      }),
    );
    this.#open.set(adminIp, servers);
    const listening = servers.map((server, index) => {
      server.listen(ports[index], adminIp);
      return once(server, 'listening');
    });
    await Promise.all(listening);
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
