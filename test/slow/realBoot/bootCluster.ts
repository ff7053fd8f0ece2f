/**
 * Boots a cluster of two machines from nothing, in a network namespace of its own: a program that `realBoot.test.ts` starts
 * with the folder to work in and for how many seconds the image server is down when the machines are turned on. Its
 * output is one line of JSON: what happened.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import path from 'node:path';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { LabNode } from '@omnia-buildstream/lab/bmc/settings';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { runCli, type Ran } from '../../support/cli/runCli.ts';
import { labPassword, labUser, quickLab } from '../../support/lab.ts';
import { makeInitramfs } from './initramfs.ts';
import { firmwareKinds, QemuMachines } from './machines.ts';
import { makeNetwork, networkCard, nodeAddress, serverAddress } from './network.ts';
import { bootProgram, dnsmasq, findKernel } from './tools.ts';

export interface BootResult {
  readonly deploy: Ran;
  readonly restart: Ran;
  readonly machines: readonly {
    readonly hostname: string;
    readonly console: string;
    readonly resets: number;
    /** How often the image server was not there for it. */
    readonly refused: number;
  }[];
}

const imagePort = 8080;
const reportPort = 8081;
const base = `http://${serverAddress}:${String(imagePort)}`;
const params = `console=ttyS0 no_timer_check panic=5 report=${serverAddress}:${String(reportPort)}`;

const [folder = '', outage = '0'] = process.argv.slice(2);
const outageMs = Number(outage) * 1000;
const boot = path.join(folder, 'boot');

async function main(): Promise<BootResult> {
  makeNetwork(firmwareKinds.length);
  mkdirSync(boot);
  const images = new ImageServer(makeImage());
  await images.start();
  const machines = new QemuMachines(folder, indexOf);
  const lab = await quickLab({ size: firmwareKinds.length, machines });
  writeInputs(lab);
  const access = [
    '--mapping',
    'mapping.csv',
    '--bmc-port',
    String(lab.port),
    '--ca',
    'ca.pem',
    '--image',
    'G',
    '--yes',
  ];
  const env = { BUILDSTREAM_BMC_USER: labUser, BUILDSTREAM_BMC_PASSWORD: labPassword };
  const cli = (...args: readonly string[]): Promise<Ran> => runCli([...args, ...access], { cwd: folder, env });
  const deploy = await cli('run', 'deploy', '--images', 'images.json', '--provision', `files:${boot}`);
  copyFileSync(bootProgram, path.join(boot, path.basename(bootProgram)));
  const server = startDnsmasq();
  try {
    images.breakFor(outageMs);
    const report = `phone-home:${serverAddress}:${String(reportPort)}`;
    const restart = await cli('run', 'restart', '--report', report, '--limit', 'report=600');
    return {
      deploy,
      restart,
      machines: lab.bmcs.map(({ node: { hostname }, record }, index) => {
        const console = machines.consoleOf({ hostname });
        return {
          hostname,
          console: existsSync(console) ? readFileSync(console, 'latin1') : '',
          resets: record.resetsCarriedOut,
          refused: images.refused.filter((address) => address === nodeAddress(index)).length,
        };
      }),
    };
  } finally {
    machines.stop();
    server.kill();
    images.stop();
    await lab.stop();
  }

  function indexOf({ hostname }: LabNode): number {
    return lab.bmcs.findIndex(({ node }) => node.hostname === hostname);
  }
}

function makeImage(): Readonly<Record<string, Buffer>> {
  const kernel = findKernel();
  if (kernel === undefined) throw new Error('there is no kernel');
  const initramfs = path.join(folder, 'initramfs.img');
  makeInitramfs(kernel, initramfs, folder);
  return { '/vmlinuz': readFileSync(kernel.image), '/initramfs.img': readFileSync(initramfs) };
}

function writeInputs({ bmcs, mappingFile, ca }: Lab): void {
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

/** What docs/engine.md says, and nothing else. */
function startDnsmasq() {
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

/** Kernel and initramfs over HTTP. */
class ImageServer {
  readonly #http: HttpServer;
  readonly #listener: TcpServer;
  /** Addresses of those that came while it was down for them. */
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

  /** From now on nobody is served for so long after the first try. */
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

process.stdout.write(JSON.stringify(await main()));
process.exit(0);
