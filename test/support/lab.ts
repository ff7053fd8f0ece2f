import type { NetworkBoot } from '@omnia-buildstream/engine/ports/bmc';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { Faults } from '@omnia-buildstream/lab/faults/fault';
import { startLab, type Lab, type LabOptions } from '@omnia-buildstream/lab/lab';
import { LabNetwork } from '@omnia-buildstream/lab/net/network';
import { Credential } from '@omnia-buildstream/redfish/credentials/credential';
import { RedfishClient, type RedfishSettings } from '@omnia-buildstream/redfish/client/redfishClient';

export const labUser = 'root';
/** Tests search all output for it. */
export const labPassword = 'c0rrect-h0rse-battery';

/** Confirms a restart of all nodes of a lab, one of which is a control node. */
export const agreed: readonly string[] = ['--yes', '--include-control', '1'];

/** A lab with fast nodes. */
export function quickLab(options: Partial<LabOptions> = {}): Promise<Lab> {
  return startLab({
    clock: systemClock,
    size: 1,
    user: labUser,
    password: labPassword,
    power: { offMs: 20, poweringOnMs: 20, bootMs: 20 },
    phoneHomePauseMs: 50,
    ...options,
  });
}

/** Nodes that report until somebody takes it: also when the next run of a killed one takes long to start. */
export const patientNodes: Pick<LabOptions, 'phoneHomeAttempts' | 'phoneHomePauseMs'> = {
  phoneHomeAttempts: Number.POSITIVE_INFINITY,
  phoneHomePauseMs: 1_000,
};

/** A lab of one node with these faults. */
export function faultyLab(faults: Faults, options: Partial<LabOptions> = {}): Promise<Lab> {
  return quickLab({ faultsOf: () => faults, ...options });
}

/** Where the nodes of a lab with a `reportPort` report, in the format of `--report` and of the setting. */
export function reportOf({ report }: Pick<Lab, 'report'>): string {
  return `phone-home:${report.host}:${String(report.port)}`;
}

/** Loopback addresses and a port on which nothing listens and which nothing takes before the network is released. */
export async function quietNetwork(): Promise<{ readonly network: LabNetwork; readonly port: number }> {
  const network = await LabNetwork.take({ nodes: 1, octet: undefined });
  return { network, port: await network.keep(0) };
}

/** A PXE boot from the NIC that comes first in the firmware. */
export function pxe(lasting: NetworkBoot['lasting']): NetworkBoot {
  return { lasting, protocol: 'pxe', nicMac: undefined };
}

/** The address of the first BMC. */
export function firstBmc({ bmcs }: Pick<Lab, 'bmcs'>): string {
  return bmcs[0]?.node.address ?? '';
}

export const credential = new Credential('test', labUser, labPassword);

/** A client for the lab that trusts its certificate authority and retries quickly. */
export function labClient(lab: Pick<Lab, 'ca' | 'port'>, settings: Partial<RedfishSettings> = {}): RedfishClient {
  return new RedfishClient({
    clock: systemClock,
    random: () => 0.5,
    credentials: () => Promise.resolve(credential),
    tls: { ca: lab.ca, pins: [] },
    port: lab.port,
    requestTimeoutMs: 60_000,
    retry: { attempts: 3, firstDelayMs: 5, maxDelayMs: 20 },
    ...settings,
  });
}
