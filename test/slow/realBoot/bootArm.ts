/**
 * Turns on one arm machine in a separate network namespace. `realBoot.test.ts` starts this program with the folder to
 * work in. Prints one line of JSON: the output of deploy, and the console up to the start of the boot program, or after
 * half an hour, which only a machine that boots nothing takes.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { runCli, type Ran } from '../../support/cli/runCli.ts';
import { labPassword, labUser, quickLab } from '../../support/lab.ts';
import { armProgram, armProgramSays } from './armProgram.ts';
import { QemuMachines } from './machines.ts';
import { makeNetwork } from './network.ts';
import { ImageServer, startDnsmasq, writeInputs } from './site.ts';

export interface ArmResult {
  readonly deploy: Ran;
  readonly console: string;
}

const limitMs = 1_800_000;
const [folder = ''] = process.argv.slice(2);
const boot = path.join(folder, 'boot');

async function main(): Promise<ArmResult> {
  makeNetwork(1);
  mkdirSync(boot);
  // Never fetched, because no machine gets that far.
  const images = new ImageServer({ '/vmlinuz': Buffer.from('kernel'), '/initramfs.img': Buffer.from('initramfs') });
  await images.start();
  const machines = new QemuMachines(folder, ['arm'], () => 0);
  const lab = await quickLab({ size: 1 });
  // Slurm nodes may have this architecture.
  const toArm = (text: string): string => text.replaceAll('slurm_control_node_x86_64', 'slurm_node_aarch64');
  const bmcs = lab.bmcs.map(({ node }) => ({ node: { adminIp: node.adminIp, role: toArm(node.role) } }));
  writeInputs(folder, { bmcs, mappingFile: toArm(lab.mappingFile), ca: lab.ca });
  const inputs = ['--mapping', 'mapping.csv', '--image', 'G', '--images', 'images.json', '--yes'];
  const access = ['--bmc-port', String(lab.port), '--ca', 'ca.pem', '--provision', `files:${boot}`];
  const env = { BUILDSTREAM_BMC_USER: labUser, BUILDSTREAM_BMC_PASSWORD: labPassword };
  const deploy = await runCli(['run', 'deploy', ...inputs, ...access], { cwd: folder, env });
  if (deploy.code !== 0) return { deploy, console: '' };
  writeFileSync(path.join(boot, 'snponly-arm64.efi'), armProgram());
  const server = startDnsmasq(folder, boot);
  const node = lab.bmcs[0]?.node;
  if (node === undefined) throw new Error('the lab has no node');
  const file = machines.consoleOf(node);
  const shown = (): string => (existsSync(file) ? readFileSync(file, 'latin1') : '');
  try {
    machines.powerOn(node, { pxe: true });
    const endMs = systemClock.monotonic() + limitMs;
    while (!shown().includes(armProgramSays) && systemClock.monotonic() < endMs) await systemClock.sleep(500);
    return { deploy, console: shown() };
  } finally {
    machines.stop();
    server.kill();
    images.stop();
    await lab.stop();
  }
}

process.stdout.write(JSON.stringify(await main()));
process.exit(0);
