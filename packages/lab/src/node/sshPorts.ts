import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { LabNode } from '../bmc/settings.ts';

/** The TCP ports of running nodes, for probes: open while the node runs, closed otherwise. */
export class SshPorts {
  readonly #port: number;
  readonly #open = new Map<string, Server>();
  #isStopped = false;

  constructor(port: number) {
    this.#port = port;
  }

  async open({ adminIp }: LabNode): Promise<void> {
    if (this.#isStopped || this.#open.has(adminIp)) return;
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end('SSH-2.0-lab\r\n');
    });
    this.#open.set(adminIp, server);
    server.listen(this.#port, adminIp);
    await once(server, 'listening');
  }

  close({ adminIp }: LabNode): void {
    this.#open.get(adminIp)?.close();
    this.#open.delete(adminIp);
  }

  stop(): void {
    this.#isStopped = true;
    for (const server of this.#open.values()) server.close();
    this.#open.clear();
  }
}
