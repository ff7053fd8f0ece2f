import type { Cluster } from '@omnia-buildstream/cli/lab/cluster/cluster';

/** Nodes of a lab that a plan in this text will boot, in its order. The plan's notes may name them again. */
export function namedIn(text: string, { lab }: Pick<Cluster, 'lab'>): string[] {
  const [, booted = ''] = text.split('Will be booted');
  const [before = ''] = booted.split('Left alone');
  const known = new Set(lab.bmcs.map(({ node }) => node.hostname));
  const rows = before.split('\n').filter((line) => !line.startsWith('! '));
  // A row begins with its node, whereas a sentence may contain a word that is also a node name.
  return rows.flatMap((line) =>
    line
      .trimStart()
      .split(/\s+/, 1)
      .filter((word) => known.has(word)),
  );
}

/** Number of resets per node, as counted by its BMC. */
export function resetCounts({ lab }: Pick<Cluster, 'lab'>): ReadonlyMap<string, number> {
  return new Map(lab.bmcs.map(({ node, record }) => [node.hostname, record.resetsCarriedOut]));
}

/** Names of the nodes that have been reset since, one entry per reset, sorted. */
export function resetSince(cluster: Pick<Cluster, 'lab'>, before: ReadonlyMap<string, number>): string[] {
  const all = [...resetCounts(cluster)].flatMap(([hostname, count]) =>
    Array.from({ length: count - (before.get(hostname) ?? 0) }, () => hostname),
  );
  return all.sort();
}
