import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { faultPresets, type FaultName } from '@omnia-buildstream/lab/faults/presets';
import type { Faults } from '@omnia-buildstream/lab/faults/fault';
import { startLab, type Lab } from '@omnia-buildstream/lab/lab';
import { defaultPorts } from '@omnia-buildstream/engine/validate/settings';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { CannotRun, causeOf, codeOf } from '../cannotRun.ts';
import type { CommandMain } from '../commands.ts';
import { exitCodes } from '../io.ts';
import { labHelp } from './help.ts';
import { interrupted } from './interrupted.ts';
import { parseLabOptions, type LabCommandOptions } from './options.ts';

const user = 'root';

/** `buildstream lab`: plays a fleet of BMCs on loopback addresses until it is interrupted. */
export const fleetLab: CommandMain = async (args, io) => {
  const options = parseLabOptions(args);
  if (options.help) {
    await io.stdout.write(labHelp);
    return exitCodes.ok;
  }
  const password = io.env['BUILDSTREAM_LAB_PASSWORD'] ?? randomBytes(9).toString('base64url');
  const folder = path.resolve(io.cwd, options.folder);
  const fleet = await start(options, password);
  try {
    await mkdir(path.join(folder, 'input'), { recursive: true });
    await writeFile(path.join(folder, 'input/pxe_mapping_file.csv'), fleet.mappingFile);
    await writeFile(path.join(folder, 'ca.pem'), fleet.ca);
    await writeFile(path.join(folder, 'hosts'), fleet.hostsFile);
    await io.stdout.write(introduction(fleet, options, password));
    await interrupted();
  } finally {
    await fleet.stop();
  }
  return exitCodes.ok;
};

async function start(options: LabCommandOptions, password: string): Promise<Lab> {
  const faults = spread(options);
  const url = `http://127.0.0.1:${String(options.phoneHomePort)}/`;
  try {
    return await startLab({
      clock: systemClock,
      size: options.size,
      user,
      password,
      port: options.port,
      latencyMs: options.latencyMs,
      generations: options.generations,
      power: { offMs: 1_000, poweringOnMs: 2_000, bootMs: options.bootMs },
      faultsOf: (index) => faults.get(index) ?? {},
      phoneHomeUrl: () => url,
      ...(options.hasServices ? { servicePorts: defaultPorts } : {}),
      ...(options.sshPort === undefined ? {} : { sshPort: options.sshPort }),
    });
  } catch (error) {
    const inUse = codeOf(error) === 'EADDRINUSE';
    const advice = inUse ? 'Another lab may be running; choose another --port.' : 'Try a smaller --size.';
    throw new CannotRun('arguments', `The lab cannot start: ${causeOf(error)}. ${advice}`);
  }
}

/** Gives each fault to the nodes after those that have one already; the first node stays without. */
function spread({ faults, size }: LabCommandOptions): ReadonlyMap<number, Faults> {
  const found = new Map<number, Faults>();
  let next = 1;
  for (const { name, count, durationMs } of faults) {
    for (let i = 0; i < count && next < size; i++) found.set(next++, faultPresets[name].make(durationMs));
  }
  return found;
}

function introduction(
  fleet: Lab,
  { folder, faults, size, phoneHomePort, sshPort, hasServices }: LabCommandOptions,
  password: string,
): string {
  const port = String(fleet.port);
  const report = sshPort === undefined ? `phone-home:127.0.0.1:${String(phoneHomePort)}` : `tcp:${String(sshPort)}`;
  const ssh = sshPort === undefined ? '--only name,slurmctld,slurmd' : `--port ssh=${String(sshPort)}`;
  const validate = `buildstream run validate --hosts hosts ${ssh}`;
  const [first, last] = [fleet.bmcs[0], fleet.bmcs.at(-1)].map((bmc) => bmc?.node.address ?? '');
  const list = faults.map(({ name, count }: { name: FaultName; count: number }) => `${name} × ${String(count)}`);
  return `${String(size)} BMCs at https://${first ?? ''}:${port} to https://${last ?? ''}:${port}, user ${user}.
Faults: ${list.join(', ') || 'none'}
Mapping file: ${folder}/input/pxe_mapping_file.csv   Authority: ${folder}/ca.pem

In another terminal:
  cd ${folder}
  export BUILDSTREAM_BMC_USER=${user} BUILDSTREAM_BMC_PASSWORD=${password}
  buildstream run restart --image demo --bmc-port ${port} --ca ca.pem --report ${report}${hasServices ? `\n  ${validate}` : ''}

Ctrl-C ends the lab.
`;
}
