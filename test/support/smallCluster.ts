import type { AfterPassed } from '@omnia-buildstream/core/lab/connection';
import { startCluster, type Cluster } from '@omnia-buildstream/cli/lab/cluster/cluster';
import type { ClusterSize } from '@omnia-buildstream/cli/lab/cluster/size';

/**
 * A lab cluster of 20 nodes, three of them broken, and three more that can be added. Several clusters can run at the
 * same time: each has its own addresses. By default, nodes can be added with the same image.
 */
export async function startSmallCluster(
  folder: string,
  afterPassed: AfterPassed = 'taken-up',
  more: Pick<ClusterSize, 'omnia' | 'servesArtifacts'> = {},
): Promise<Cluster> {
  const size = { size: 20, spare: 3, broken: 3, bootMs: 50, latencyMs: 0, afterPassed, ...more };
  return startCluster(size, folder);
}

/** The nodes that fail in it: the BMC of one can be repaired, the others are booted by hand. */
export const repaired = 'slurm-node4';
export const byHand = ['slurm-node6', 'slurm-node11'];
export const broken = [repaired, ...byHand];

/** Repairs the BMC of the first broken node and boots the others by hand. */
export async function repairOne({ lab }: Pick<Cluster, 'lab'>): Promise<void> {
  const addressOf = (name: string): string => lab.bmcs.find(({ node }) => node.hostname === name)?.node.address ?? '';
  await lab.fleet.repair(addressOf(repaired));
  for (const name of byHand) lab.fleet.get(addressOf(name))?.bootByHand();
}

/** Number of nodes that were reset, and that were reset more than once, as counted by the BMCs. */
export function resetsIn({ lab }: Pick<Cluster, 'lab'>): { readonly restarted: number; readonly twice: number } {
  const counts = lab.bmcs.map(({ record }) => record.resetsCarriedOut);
  return { restarted: counts.filter((count) => count > 0).length, twice: counts.filter((count) => count > 1).length };
}
