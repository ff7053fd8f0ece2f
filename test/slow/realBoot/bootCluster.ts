/**
 * Boots a cluster of two machines from nothing in a separate network namespace. `realBoot.test.ts` starts this program
 * with the folder to work in and the number of seconds for which the image server is down when the machines are turned
 * on. Prints the results as one line of JSON.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LabNode } from '@omnia-buildstream/lab/bmc/settings';
import { runCli, type Ran } from '../../support/cli/runCli.ts';
import { labPassword, labUser, quickLab } from '../../support/lab.ts';
import { makeInitramfs } from './initramfs.ts';
import { QemuMachines, type FirmwareKind } from './machines.ts';
import { makeNetwork, nodeAddress, serverAddress } from './network.ts';
import { ImageServer, reportPort, startDnsmasq, writeInputs } from './site.ts';
import { bootProgram, findKernel } from './tools.ts';

export interface BootResult {
  readonly deploy: Ran;
  readonly restart: Ran;
  readonly machines: readonly {
    readonly hostname: string;
    readonly console: string;
    readonly resets: number;
    /** How many times it found the image server down. */
    readonly refused: number;
  }[];
}

const [folder = '', outage = '0'] = process.argv.slice(2);
const kinds: readonly FirmwareKind[] = ['uefi', 'bios'];
const outageMs = Number(outage) * 1000;
const boot = path.join(folder, 'boot');

async function main(): Promise<BootResult> {
  makeNetwork(kinds.length);
  mkdirSync(boot);
  const images = new ImageServer(makeImage());
  await images.start();
  const machines = new QemuMachines(folder, kinds, indexOf);
  const lab = await quickLab({ size: kinds.length, machines });
  writeInputs(folder, lab);
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
  const server = startDnsmasq(folder, boot);
  try {
    images.breakFor(outageMs);
    const report = `phone-home:${serverAddress}:${String(reportPort)}`;
    const restart = await cli('run', 'restart', '--include-control', '2', '--report', report, '--limit', 'report=600');
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

process.stdout.write(JSON.stringify(await main()));
process.exit(0);
