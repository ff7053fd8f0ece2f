import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { LabBmc } from './bmc/bmc.ts';
import { defaultPowerTimes, type PowerTimes } from './bmc/power.ts';
import type { LabNode, NodesBmc } from './bmc/settings.ts';
import type { LabGeneration } from './bmc/generation.ts';
import type { Faults } from './faults/fault.ts';
import { makeCertificate } from './fleet/certificates.ts';
import { Fleet, type OnHold } from './fleet/fleet.ts';
import { slurmLayout, type Layout } from './fleet/layout.ts';
import { hostsFileOf, macOf, mappingFileOf, serviceTagOf } from './fleet/mappingFile.ts';
import { adminAddress, bmcAddress } from './net/addresses.ts';
import { AddressInUse } from './net/listen.ts';
import { LabNetwork, type PortWish } from './net/network.ts';
import { NodePorts } from './node/nodePorts.ts';
import { usualPorts, type LabPorts, type LabService } from './node/services.ts';
import { phoneHome, usualAttempts } from './node/phoneHome.ts';

export interface LabOptions {
  readonly clock: Clock;
  readonly size: number;
  readonly user: string;
  readonly password: string;
  /** Second octet of the BMCs' addresses (127.N.*); the nodes get the next. By default the first that are free. */
  readonly network?: number;
  /** Port of the BMCs; by default a free one. */
  readonly port?: number;
  readonly latencyMs?: number;
  readonly onHold?: OnHold;
  readonly power?: PowerTimes;
  readonly sessionLimit?: number;
  readonly lockOutAfter?: number;
  readonly changesAsJobs?: boolean;
  /** Generation of each node, repeated across the fleet. */
  readonly generations?: readonly LabGeneration[];
  /** Roles of the nodes; by default Slurm workers with their control node. */
  readonly layout?: Layout;
  /**
   * What a node finds on the network when it PXE-boots: the name of its image, or undefined if the network does not
   * know the node, which then does not come up. By default every node finds one.
   */
  readonly bootConfig?: (node: LabNode) => Promise<string | undefined>;
  /** Faults by index from 0. */
  readonly faultsOf?: (index: number) => Faults;
  readonly isOn?: (index: number) => boolean;
  /** Booted nodes report to the management address at this port; 0 for a free one. */
  readonly reportPort?: number;
  /** Where they report instead; called at the time of the report. */
  readonly phoneHomeUrl?: () => string | undefined;
  /** The machines behind the BMCs, instead of those that the lab simulates: these boot and report by themselves. */
  readonly machines?: LabMachines;
  /** Pause between the attempts to report. */
  readonly phoneHomePauseMs?: number;
  /** Number of these attempts; by default as many as cloud-init makes. */
  readonly phoneHomeAttempts?: number;
  /** Opens a port for SSH on the address of every running node; 0 for a free one. */
  readonly sshPort?: PortWish;
  /** Opens the ports of the services of a node's role while the node is running. */
  readonly servicePorts?: ServicePorts;
}

/** Real machines, by their nodes. */
export interface LabMachines {
  /** `pxe` is whether it boots from the network, otherwise from disk. */
  powerOn(node: LabNode, boots: { readonly pxe: boolean }): void;
  powerOff(node: LabNode): void;
}

/** Ports of the services of the roles. Without a port for it, the Kubernetes API is not simulated. */
export type ServicePorts = Readonly<Record<Exclude<LabService, 'ssh' | 'kube-api'>, PortWish>> & {
  readonly 'kube-api'?: PortWish;
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
  /** Port of every BMC. */
  readonly port: number;
  readonly network: LabNetwork;
  /** Where nodes with a `reportPort` report. */
  readonly report: { readonly host: string; readonly port: number };
  /** Ports of the nodes' services, only of those that are simulated. */
  readonly ports: LabPorts;
  stop(): Promise<void>;
}

const networkAttempts = 5;

/**
 * Starts a lab on its own loopback networks. Given networks and ports are used, or the start fails; the others are any
 * that are free.
 * @throws AddressInUse if a given network or port is taken
 */
export async function startLab(options: LabOptions): Promise<Lab> {
  let from: number | undefined;
  for (let attempt = 1; ; attempt++) {
    const wish = { nodes: options.size, octet: options.network, ...(from === undefined ? {} : { from }) };
    const network = await LabNetwork.take(wish);
    try {
      return await startIn(network, options);
    } catch (error) {
      await network.release();
      // Something other than a lab has an address of this network.
      const isFixed = options.network !== undefined || attempt === networkAttempts;
      if (!(error instanceof AddressInUse) || isFixed) throw error;
      from = network.octet + 2;
    }
  }
}

async function startIn(network: LabNetwork, options: LabOptions): Promise<Lab> {
  const {
    clock,
    size,
    latencyMs = 0,
    onHold = () => () => undefined,
    generations = ['idrac9'],
    layout = slurmLayout,
  } = options;
  const stopped = new AbortController();
  const bmcPort = await network.keep(options.port ?? 0);
  const report = { host: network.managementAddress, port: await network.keep(options.reportPort ?? 0) };
  const open = await takePorts(network, options);
  const ownReport = options.reportPort === undefined ? undefined : `http://${report.host}:${String(report.port)}/`;
  const ports = new NodePorts(
    ({ role }) => portsOf(open, role),
    ({ adminIp }) => makeCertificate(fleet.authority, adminIp, clock.now()),
  );
  const nodes = Array.from({ length: size }, (_, index): LabNode => {
    const { hostname, role, group, parent } = layout(index);
    return {
      address: bmcAddress(network, index),
      adminIp: adminAddress(network, index),
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
  const { machines, bootConfig = () => Promise.resolve('an image') } = options;
  const onRunning = async (bmc: NodesBmc, pxe: boolean): Promise<void> => {
    const { node } = bmc;
    if (pxe) {
      const image = await bootConfig(node);
      bmc.isRunning = image !== undefined;
      if (image === undefined) return;
      bmc.record.images.push(image);
    }
    void ports.open(node).catch(() => undefined);
    const url = options.phoneHomeUrl === undefined ? ownReport : options.phoneHomeUrl();
    if (!pxe || url === undefined || node.faults.silent === true) return;
    const { phoneHomePauseMs: pauseMs = defaultPhoneHomePauseMs, phoneHomeAttempts: attempts = usualAttempts } =
      options;
    void phoneHome(node, url, { clock, signal: stopped.signal, pauseMs, attempts }).catch(() => undefined);
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
    onPowerOn: ({ node }: NodesBmc, boots: { readonly pxe: boolean }) => machines?.powerOn(node, boots),
    onRunning: (bmc: NodesBmc, { pxe }: { readonly pxe: boolean }) => {
      if (machines !== undefined) return;
      void onRunning(bmc, pxe).catch(() => undefined);
    },
    onDown: ({ node }: NodesBmc) => {
      ports.close(node);
      machines?.powerOff(node);
    },
  };
  const fleet = await Fleet.start({ nodes, bmc, clock, port: bmcPort, latencyMs, onHold });
  const stop = async (): Promise<void> => {
    stopped.abort();
    ports.stop();
    await fleet.stop();
    await network.release();
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
    network,
    report,
    ports: open,
    stop,
  };
}

async function takePorts(network: LabNetwork, { sshPort, servicePorts }: LabOptions): Promise<LabPorts> {
  const wishes: Partial<Record<LabService, PortWish>> = { ...servicePorts };
  if (sshPort !== undefined) wishes.ssh = sshPort;
  const taken: Partial<Record<LabService, number>> = {};
  for (const [name, wish] of Object.entries(wishes)) {
    const service = name as LabService;
    taken[service] = await (wish === 'usual' ? network.keepUsual(usualPorts[service]) : network.keep(wish));
  }
  return taken;
}

/** The ports of the services of a role. */
function portsOf(all: LabPorts, role: string): LabPorts {
  const services: LabService[] = ['ssh'];
  if (role.startsWith('slurm_control_node')) services.push('slurmctld');
  if (role.startsWith('slurm_node')) services.push('slurmd');
  if (role.startsWith('service_kube_')) services.push('kubelet');
  if (role.startsWith('service_kube_control_plane')) services.push('kube-api');
  return Object.fromEntries(services.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}
