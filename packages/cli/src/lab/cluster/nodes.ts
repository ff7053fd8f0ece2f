import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isJsonObject, textField } from '@omnia-buildstream/core/text/jsonFields';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { LabNode } from '@omnia-buildstream/lab/bmc/settings';
import { labKinds } from '@omnia-buildstream/lab/cluster/kinds';
import { clusterLayoutOf } from '@omnia-buildstream/lab/fleet/layout';
import { startLab, type Lab } from '@omnia-buildstream/lab/lab';
import { hyphenMac } from '@omnia-buildstream/provision/files/macAddress';
import { brokenNodes } from './brokenNodes.ts';
import type { ClusterSize } from './size.ts';
import { bmcUser } from './secrets.ts';

interface Surroundings {
  readonly clock: Clock;
  readonly password: string;
  /** Where nodes find their boot configuration. */
  readonly bootFolder: string;
}

/** The nodes of the cluster, the spare ones last and switched off. */
export async function startNodes(
  { size, spare, broken, bootMs, latencyMs, network, port, omnia = '2.2' }: ClusterSize,
  { clock, password, bootFolder }: Surroundings,
): Promise<Lab> {
  const faults = brokenNodes(broken, size);
  return startLab({
    clock,
    size: size + spare,
    layout: clusterLayoutOf(labKinds[omnia]),
    user: bmcUser,
    password,
    latencyMs,
    power: { offMs: 500, poweringOnMs: 500, bootMs },
    faultsOf: (index) => faults.get(index) ?? {},
    isOn: (index) => index < size,
    ...(network === undefined ? {} : { network }),
    ...(port === undefined ? {} : { port }),
    reportPort: 0,
    sshPort: 'usual',
    servicePorts: { slurmctld: 'usual', slurmd: 'usual', kubelet: 'usual', 'kube-api': 'usual' },
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
