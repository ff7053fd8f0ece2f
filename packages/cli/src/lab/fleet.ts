import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { faultPresets, type FaultName } from '@omnia-buildstream/lab/faults/presets';
import type { Faults } from '@omnia-buildstream/lab/faults/fault';
import { startLab, type Lab } from '@omnia-buildstream/lab/lab';
import { LabFolder } from '@omnia-buildstream/lab/ownership/labFolder';
import { defaultPorts } from '@omnia-buildstream/engine/validate/settings';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { labHelp } from './help.ts';
import { parseLabOptions, type LabCommandOptions } from './options.ts';
import { runLab } from './running.ts';

const user = 'root';

/** `buildstream lab`: plays a fleet of BMCs on loopback addresses until it is interrupted. */
export const fleetLab: CommandMain = async (args, io) => {
  const options = parseLabOptions(args);
  if (options.help) {
    await io.stdout.write(labHelp);
    return exitCodes.ok;
  }
  const password = io.env['BUILDSTREAM_LAB_PASSWORD'] ?? randomBytes(9).toString('base64url');
  const { untilEof, folder } = options;
  const run = (name: string) => start(options, { name, folder: path.resolve(io.cwd, name), password });
  await runLab(io, { untilEof, folder, advice: 'Try a smaller --size.', start: run });
  return exitCodes.ok;
};

interface Place {
  /** The folder as a person names it. */
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  readonly password: string;
}

async function start(options: LabCommandOptions, { name, folder, password }: Place) {
  const labFolder = await LabFolder.take(folder);
  try {
    const fleet = await startFleet(options, password);
    const close = async (): Promise<void> => {
      await fleet.stop();
      await labFolder.release();
    };
    try {
      await labFolder.write('input/pxe_mapping_file.csv', fleet.mappingFile);
      await labFolder.write('ca.pem', fleet.ca);
      await labFolder.write('hosts', fleet.hostsFile);
      await labFolder.write('lab.env', environment(password));
    } catch (error) {
      await fleet.stop();
      throw error;
    }
    return { introduction: introduction(fleet, name, options), close };
  } catch (error) {
    await labFolder.release();
    throw error;
  }
}

function startFleet(options: LabCommandOptions, password: string): Promise<Lab> {
  const { size, network, port, latencyMs, generations, bootMs, sshPort, phoneHomePort = 0 } = options;
  const faults = spread(options);
  return startLab({
    clock: systemClock,
    size,
    user,
    password,
    latencyMs,
    generations,
    power: { offMs: 1_000, poweringOnMs: 2_000, bootMs },
    faultsOf: (index) => faults.get(index) ?? {},
    reportPort: phoneHomePort,
    ...(network === undefined ? {} : { network }),
    ...(port === undefined ? {} : { port }),
    ...(options.hasServices ? { servicePorts: { slurmctld: 'usual', slurmd: 'usual', kubelet: 'usual' } } : {}),
    ...(sshPort === undefined ? {} : { sshPort }),
  });
}

/** For a POSIX shell. */
function environment(password: string): string {
  const quoted = `'${password.replaceAll("'", "'\\''")}'`;
  return `export BUILDSTREAM_BMC_USER=${user} BUILDSTREAM_BMC_PASSWORD=${quoted}\n`;
}

/** Gives each fault to the next nodes that have none yet; the first node stays healthy. */
function spread({ faults, size }: LabCommandOptions): ReadonlyMap<number, Faults> {
  const found = new Map<number, Faults>();
  let next = 1;
  for (const { name, count, durationMs } of faults) {
    for (let i = 0; i < count && next < size; i++) found.set(next++, faultPresets[name].make(durationMs));
  }
  return found;
}

/** Without the password: a terminal is often recorded. It is in lab.env. */
function introduction(fleet: Lab, folder: string, { faults, size, sshPort, hasServices }: LabCommandOptions): string {
  const port = String(fleet.port);
  const { host, port: reportPort } = fleet.report;
  const report = sshPort === undefined ? `phone-home:${host}:${String(reportPort)}` : `tcp:${String(sshPort)}`;
  const [first, last] = [fleet.bmcs[0], fleet.bmcs.at(-1)].map((bmc) => bmc?.node);
  const list = faults.map(({ name, count }: { name: FaultName; count: number }) => `${name} × ${String(count)}`);
  return `${String(size)} BMCs at https://${first?.address ?? ''}:${port} to https://${last?.address ?? ''}:${port}, user ${user}.
Nodes: ${first?.adminIp ?? ''} to ${last?.adminIp ?? ''}, report to ${host}:${String(reportPort)}
Faults: ${list.join(', ') || 'none'}
Mapping file: ${folder}/input/pxe_mapping_file.csv   Authority: ${folder}/ca.pem   Password: ${folder}/lab.env

In another terminal:
  cd ${folder}
  . ./lab.env
  buildstream run restart --image demo --bmc-port ${port} --ca ca.pem --report ${report}${hasServices ? `\n  ${validateLine(fleet, sshPort)}` : ''}

Ctrl-C ends the lab, and removes its files.
`;
}

/** The command that tests the nodes, with the ports that differ from what `run validate` expects. */
function validateLine({ ports }: Lab, sshPort: number | undefined): string {
  const usual: Readonly<Partial<Record<string, number>>> = defaultPorts;
  const others = Object.entries(ports).filter(([name, port]) => usual[name] !== port);
  const words = others.map(([name, port]) => `--port ${name}=${String(port)}`);
  const only = sshPort === undefined ? ['--only name,slurmctld,slurmd'] : [];
  return ['buildstream run validate --hosts hosts', ...only, ...words].join(' ');
}
