import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isJsonObject, textField } from '@omnia-buildstream/core/text/jsonFields';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { LabNode } from '@omnia-buildstream/lab/bmc/settings';
import { clusterLayout } from '@omnia-buildstream/lab/fleet/layout';
import { startLab, type Lab } from '@omnia-buildstream/lab/lab';
import { hyphenMac } from '@omnia-buildstream/provision/files/macAddress';
import { brokenNodes } from './brokenNodes.ts';
import type { ClusterSize } from './cluster.ts';
import { bmcUser } from './secrets.ts';

/** On the addresses of the nodes, where nothing else listens; SSH's own port belongs to the machine. */
export const nodePorts = { ssh: 8022, slurmctld: 6817, slurmd: 6818, 'kube-api': 6443, kubelet: 10250 } as const;

export type ClusterPorts = Readonly<Record<keyof typeof nodePorts, number>>;

interface Surroundings {
  readonly password: string;
  /** Where booted nodes report, on 127.0.0.1. */
  readonly reportPort: number;
  /** Where nodes find their boot configuration. */
  readonly bootFolder: string;
  readonly ports: ClusterPorts;
}

/** The nodes of the cluster, the spare ones last and switched off. */
export async function startNodes(
  { size, spare, broken, bootMs, latencyMs }: ClusterSize,
  { password, reportPort, bootFolder, ports }: Surroundings,
): Promise<Lab> {
  const faults = brokenNodes(broken, size);
  return startLab({
    clock: systemClock,
    size: size + spare,
    layout: clusterLayout,
    user: bmcUser,
    password,
    latencyMs,
    power: { offMs: 500, poweringOnMs: 500, bootMs },
    faultsOf: (index) => faults.get(index) ?? {},
    isOn: (index) => index < size,
    phoneHomeUrl: () => `http://127.0.0.1:${String(reportPort)}/`,
    sshPort: ports.ssh,
    servicePorts: ports,
    bootConfig: (node) => bootConfigOf(node, bootFolder),
  });
}

/** The image that the manifest in the boot folder names for a node; the node's script has to be there too. */
async function bootConfigOf({ adminMac }: LabNode, folder: string): Promise<string | undefined> {
  try {
    await readFile(path.join(folder, `${hyphenMac(adminMac)}.ipxe`));
    const manifest: unknown = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
    const nodes = isJsonObject(manifest) && Array.isArray(manifest['nodes']) ? (manifest['nodes'] as unknown[]) : [];
    const own = nodes.filter(isJsonObject).find((node) => textField(node, 'mac') === adminMac);
    return own === undefined ? undefined : textField(own, 'image');
  } catch {
    return undefined;
  }
}
