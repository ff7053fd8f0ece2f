import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import path from 'node:path';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { LabNode } from '@omnia-buildstream/lab/bmc/settings';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { networkCard, nodeAddress, serverAddress } from './network.ts';
import { dnsmasq } from './tools.ts';

const imagePort = 8080;
export const reportPort = 8081;
const base = `http://${serverAddress}:${String(imagePort)}`;
const params = `console=ttyS0 no_timer_check panic=5 report=${serverAddress}:${String(reportPort)}`;

/** The content for the files. */
interface Inputs extends Pick<Lab, 'mappingFile' | 'ca'> {
  readonly bmcs: readonly { readonly node: Pick<LabNode, 'role' | 'adminIp'> }[];
}

/** The files that deploy reads. */
export function writeInputs(folder: string, { bmcs, mappingFile, ca }: Inputs): void {
  const mapping = bmcs.reduce(
    (text, { node }, index) => text.replace(`,${node.adminIp},`, `,${nodeAddress(index)},`),
    mappingFile,
  );
  writeFileSync(path.join(folder, 'mapping.csv'), mapping);
  writeFileSync(path.join(folder, 'ca.pem'), ca);
  const roles = [...new Set(bmcs.map(({ node }) => node.role))];
  const images = roles.map((role) => ({
    role,
    image_name: `image of ${role}`.replaceAll(' ', '-'),
    kernel: `${base}/vmlinuz`,
    initrd: `${base}/initramfs.img`,
    params,
  }));
  writeFileSync(path.join(folder, 'images.json'), JSON.stringify({ image_groups: [{ image_group_id: 'G', images }] }));
}

/** Uses exactly the configuration in docs/engine.md. */
export function startDnsmasq(folder: string, boot: string) {
  const config = [
    `interface=${networkCard.bridge}`,
    'dhcp-range=10.5.0.0,static',
    `conf-file=${boot}/dnsmasq-hosts.conf`,
    `conf-file=${boot}/dnsmasq-boot.conf`,
  ];
  writeFileSync(path.join(folder, 'dnsmasq.conf'), `${config.join('\n')}\n`);
  const own = [
    '--keep-in-foreground',
    '--port=0',
    '--log-dhcp',
    `--log-facility=${path.join(folder, 'dnsmasq.log')}`,
    '--user=root',
    '--pid-file=',
  ];
  const lease = `--dhcp-leasefile=${path.join(folder, 'leases')}`;
  return spawn(dnsmasq, [`--conf-file=${path.join(folder, 'dnsmasq.conf')}`, lease, ...own], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
}

/** Serves kernel and initramfs over HTTP. */
export class ImageServer {
  readonly #http: HttpServer;
  readonly #listener: TcpServer;
  /** Addresses of the clients that connected while the server was down for them. */
  readonly refused: string[] = [];
  #outageMs = 0;
  readonly #backForMs = new Map<string, number>();

  constructor(files: Readonly<Record<string, Buffer>>) {
    this.#http = createHttpServer(({ url = '', method }, response) => {
      const file = files[url];
      response.writeHead(file === undefined ? 404 : 200, { 'content-length': file?.length ?? 0 });
      response.end(method === 'HEAD' ? undefined : file);
    });
    this.#listener = createTcpServer((socket) => {
      const { remoteAddress = '' } = socket;
      if (!this.#isDownFor(remoteAddress)) {
        this.#http.emit('connection', socket);
        return;
      }
      this.refused.push(remoteAddress);
      socket.resetAndDestroy();
    });
  }

  async start(): Promise<void> {
    this.#listener.listen(imagePort, serverAddress);
    await once(this.#listener, 'listening');
  }

  /** From now on, refuses each client for this long after its first attempt. */
  breakFor(durationMs: number): void {
    this.#outageMs = durationMs;
  }

  stop(): void {
    this.#http.closeAllConnections();
    this.#listener.close();
  }

  #isDownFor(address: string): boolean {
    if (this.#outageMs === 0) return false;
    const now = systemClock.monotonic();
    const backMs = this.#backForMs.get(address) ?? now + this.#outageMs;
    this.#backForMs.set(address, backMs);
    return now < backMs;
  }
}
