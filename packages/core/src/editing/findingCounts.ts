import type { MappingModel } from '../validation/model.ts';

/** How many findings a file has, by kind. */
export function countsOf(model: MappingModel): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of model.sortedFindings()) counts.set(rule.code, (counts.get(rule.code) ?? 0) + 1);
  return counts;
}

/** `dup-bmc-ip (3), empty-cell (1)`: the most first. */
export function listOf(counts: Iterable<readonly [string, number]>): string {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${code} (${String(count)})`)
    .join(', ');
}
