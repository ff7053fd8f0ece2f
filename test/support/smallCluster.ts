import { startCluster, type Cluster } from '@omnia-buildstream/cli/lab/cluster/cluster';
import { freePort } from './lab.ts';

/**
 * A lab cluster of 20 nodes, three of them broken, and three more that can be added. Its nodes have ports of their own,
 * so that several of these can run beside each other.
 */
export async function startSmallCluster(folder: string): Promise<Cluster> {
  const ports = {
    ssh: await freePort(),
    slurmctld: await freePort(),
    slurmd: await freePort(),
    'kube-api': await freePort(),
    kubelet: await freePort(),
  };
  const size = { size: 20, spare: 3, broken: 3, bootMs: 50, latencyMs: 0 };
  return startCluster(size, folder, ports);
}

/** Nodes that were reset, and those that were more than once, as the BMCs saw it. */
export function resetsIn({ lab }: Pick<Cluster, 'lab'>): { readonly restarted: number; readonly twice: number } {
  const counts = lab.bmcs.map(({ record }) => record.resetsCarriedOut);
  return { restarted: counts.filter((count) => count > 0).length, twice: counts.filter((count) => count > 1).length };
}
