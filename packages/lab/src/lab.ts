import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { LabBmc } from './bmc/bmc.ts';
import { defaultPowerTimes, type PowerTimes } from './bmc/power.ts';
import type { LabGeneration, LabNode } from './bmc/settings.ts';
import type { Faults } from './faults/fault.ts';
import { adminAddress, bmcAddress } from './fleet/addresses.ts';
import { makeCertificate } from './fleet/certificates.ts';
import { Fleet } from './fleet/fleet.ts';
import { slurmLayout, type Layout } from './fleet/layout.ts';
import { hostsFileOf, macOf, mappingFileOf, serviceTagOf } from './fleet/mappingFile.ts';
import { phoneHome } from './node/phoneHome.ts';
import { NodePorts, type LabPorts, type LabService } from './node/nodePorts.ts';

export interface LabOptions {
  readonly clock: Clock;
  readonly size: number;
  readonly user: string;
  readonly password: string;
  /** Port of the BMCs; 0 for a free one. */
  readonly port?: number;
  readonly latencyMs?: number;
  readonly power?: PowerTimes;
  readonly sessionLimit?: number;
  readonly lockOutAfter?: number;
  readonly changesAsJobs?: boolean;
  /** Generation of each node, repeated over the fleet. */
  readonly generations?: readonly LabGeneration[];
  /** What the nodes are for; by default Slurm workers with their head. */
  readonly layout?: Layout;
  /**
   * What a node finds on the network when it boots by PXE: the name of its image, or undefined when nobody there knows
   * it, so that it does not come up. By default every node finds one.
   */
  readonly bootConfig?: (node: LabNode) => Promise<string | undefined>;
  /** Faults by index from 0. */
  readonly faultsOf?: (index: number) => Faults;
  readonly isOn?: (index: number) => boolean;
  /** Where booted nodes report; asked when they do. */
  readonly phoneHomeUrl?: () => string | undefined;
  /** Pause between the tries to report. */
  readonly phoneHomePauseMs?: number;
  /** Open this TCP port on the address of every running node. */
  readonly sshPort?: number;
  /** Open the ports of the services that the role of a node has, while the node runs. */
  readonly servicePorts?: ServicePorts;
}

/** Where the services of the roles listen. Without a port for it the Kubernetes API is not played. */
export type ServicePorts = Readonly<Record<Exclude<LabService, 'ssh' | 'kube-api'>, number>> & {
  readonly 'kube-api'?: number;
};

const defaultSessionLimit = 6;
const sessionTimeoutMs = 1_800_000;
const defaultLockOutAfter = 3;
const defaultPhoneHomePauseMs = 3_000;

/** A lab: a fleet of BMCs, the nodes behind them, and the mapping file that describes both. */
export interface Lab {
  readonly fleet: Fleet;
  readonly bmcs: readonly LabBmc[];
  readonly mappingFile: string;
  /** Names and admin addresses of the nodes, as in `/etc/hosts`. */
  readonly hostsFile: string;
  /** PEM of the authority that signed the certificates of the BMCs. */
  readonly ca: string;
  readonly port: number;
  stop(): Promise<void>;
}

export async function startLab(options: LabOptions): Promise<Lab> {
  const { clock, size, latencyMs = 0, generations = ['idrac9'], layout = slurmLayout } = options;
  const stopped = new AbortController();
  const ports = new NodePorts(
    (node) => portsOf(options, node),
    ({ adminIp }) => makeCertificate(fleet.authority, adminIp, clock.now()),
  );
  const nodes = Array.from({ length: size }, (_, index): LabNode => {
    const { hostname, role, group, parent } = layout(index);
    return {
      address: bmcAddress(index),
      adminIp: adminAddress(index),
      hostname,
      role,
      group,
      serviceTag: serviceTagOf(index),
      parentServiceTag: parent === undefined ? '' : serviceTagOf(parent),
      adminMac: macOf(index, 'admin'),
      bmcMac: macOf(index, 'bmc'),
      generation: generations[index % generations.length] ?? 'idrac9',
      isOn: options.isOn?.(index) ?? true,
      faults: options.faultsOf?.(index) ?? {},
    };
  });
  const { bootConfig = () => Promise.resolve('an image') } = options;
  const onRunning = async (bmc: LabBmc, pxe: boolean): Promise<void> => {
    const { node } = bmc;
    if (pxe) {
      const image = await bootConfig(node);
      bmc.isRunning = image !== undefined;
      if (image === undefined) return;
      bmc.record.images.push(image);
    }
    void ports.open(node).catch(() => undefined);
    const url = options.phoneHomeUrl?.();
    if (!pxe || url === undefined || node.faults.silent === true) return;
    const pauseMs = options.phoneHomePauseMs ?? defaultPhoneHomePauseMs;
    void phoneHome(node, url, { clock, signal: stopped.signal, pauseMs }).catch(() => undefined);
  };
  const bmc = {
    clock,
    user: options.user,
    password: options.password,
    power: options.power ?? defaultPowerTimes,
    sessionLimit: options.sessionLimit ?? defaultSessionLimit,
    sessionTimeoutMs,
    lockOutAfter: options.lockOutAfter ?? defaultLockOutAfter,
    changesAsJobs: options.changesAsJobs ?? false,
    onRunning: (bmc: LabBmc, { pxe }: { readonly pxe: boolean }) => {
      void onRunning(bmc, pxe).catch(() => undefined);
    },
    onDown: ({ node }: LabBmc) => {
      ports.close(node);
    },
  };
  const fleet = await Fleet.start({ nodes, bmc, clock, port: options.port ?? 0, latencyMs });
  const stop = async (): Promise<void> => {
    stopped.abort();
    ports.stop();
    await fleet.stop();
  };
  try {
    await Promise.all(nodes.filter(({ isOn }) => isOn).map((node) => ports.open(node)));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    fleet,
    bmcs: fleet.bmcs,
    mappingFile: mappingFileOf(nodes),
    hostsFile: hostsFileOf(nodes),
    ca: fleet.authority.cert,
    port: fleet.port,
    stop,
  };
}

function portsOf({ sshPort, servicePorts }: LabOptions, { role }: LabNode): LabPorts {
  const ssh = sshPort === undefined ? {} : { ssh: sshPort };
  if (servicePorts === undefined) return ssh;
  const { slurmctld, slurmd, kubelet, 'kube-api': api } = servicePorts;
  if (role.startsWith('slurm_control_node')) return { ...ssh, slurmctld };
  if (role.startsWith('slurm_node')) return { ...ssh, slurmd };
  if (!role.startsWith('service_kube_')) return ssh;
  const hasApi = api !== undefined && role.startsWith('service_kube_control_plane');
  return { ...ssh, kubelet, ...(hasApi ? { 'kube-api': api } : {}) };
}
