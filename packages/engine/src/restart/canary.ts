/** How many nodes of each group go first. */
export type Quotas = ReadonlyMap<string, number>;

/**
 * Distributes a canary: one to each group, then in turn as long as groups have nodes.
 * @param groups the group of each node, in their order
 * @param size nodes that go first; more where there are more groups, none for 0
 */
export function canaryQuotas(groups: readonly string[], size: number): Quotas {
  const counts = new Map<string, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  const quotas = new Map<string, number>();
  let left = size <= 0 ? 0 : Math.min(groups.length, Math.max(size, counts.size));
  for (let turn = 1; left > 0; turn++) {
    for (const [group, count] of counts) {
      if (left === 0 || count < turn) continue;
      quotas.set(group, turn);
      left--;
    }
  }
  return quotas;
}

/**
 * The nodes that go next, so that this many of each group report: the first of those that are left.
 * @param reported how many nodes of each group have reported
 */
export function canaryWave<N>(
  left: readonly N[],
  groupOf: (node: N) => string,
  { quotas, reported }: { readonly quotas: Quotas; readonly reported: Quotas },
): N[] {
  const missing = new Map([...quotas].map(([group, quota]) => [group, quota - (reported.get(group) ?? 0)]));
  return left.filter((node) => {
    const group = groupOf(node);
    const count = missing.get(group) ?? 0;
    missing.set(group, count - 1);
    return count > 0;
  });
}
