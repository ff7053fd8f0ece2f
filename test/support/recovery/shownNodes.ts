import type { Cluster } from '@omnia-buildstream/cli/lab/cluster/cluster';

/** Nodes of a lab that a plan in a text says will be booted, in its order; its notes may name them once more. */
export function namedIn(text: string, { lab }: Pick<Cluster, 'lab'>): string[] {
  const [, booted = ''] = text.split('Will be booted');
  const [before = ''] = booted.split('Left alone');
  const known = new Set(lab.bmcs.map(({ node }) => node.hostname));
  const rows = before.split('\n').filter((line) => !line.startsWith('! '));
  // A row begins with its node: a sentence may have a word that is the name of one.
  return rows.flatMap((line) =>
    line
      .trimStart()
      .split(/\s+/, 1)
      .filter((word) => known.has(word)),
  );
}

/** How often each node was reset, as its BMC counted it. */
export function resetCounts({ lab }: Pick<Cluster, 'lab'>): ReadonlyMap<string, number> {
  return new Map(lab.bmcs.map(({ node, record }) => [node.hostname, record.resetsCarriedOut]));
}

/** The nodes that were reset since, one for each time, by name. */
export function resetSince(cluster: Pick<Cluster, 'lab'>, before: ReadonlyMap<string, number>): string[] {
  const all = [...resetCounts(cluster)].flatMap(([hostname, count]) =>
    Array.from({ length: count - (before.get(hostname) ?? 0) }, () => hostname),
  );
  return all.sort();
}
