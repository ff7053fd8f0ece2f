import { groupIdentity } from '../mapping/functionalGroups.ts';
import type { Target } from './targets.ts';

/** What happens to rows between two versions of a mapping file, beyond what a restart boots. */
export interface RowChanges {
  /**
   * Slurm workers whose row is gone, behind `#`, or of another role: the next deploy drains them, cancels their jobs, sets
   * them DOWN and takes them out of the partition (omnia.md section 5.1). `role` is the new one; empty: no row.
   */
  readonly retired: readonly { readonly target: Target; readonly role: string }[];
  /** Other rows that are gone. */
  readonly removed: readonly Target[];
  readonly added: readonly Target[];
  /** Rows that stand in another order than before, and new ones above rows that were there before. */
  readonly moved: readonly Target[];
}

/** Compares by HOSTNAME, by which Slurm knows a node. Rows behind `#` are no nodes to the deploy stage. */
export function rowChanges(before: readonly Target[], after: readonly Target[]): RowChanges {
  const [old, now] = [before, after].map((rows) => rows.filter(isDeployed)) as [Target[], Target[]];
  const nowOf = new Map(now.map((row) => [row.hostname, row]));
  const oldOf = new Map(old.map((row) => [row.hostname, row]));
  const retired = old.flatMap((target) => {
    const role = nowOf.get(target.hostname)?.functionalGroup ?? '';
    return isWorker(target.functionalGroup) && !isWorker(role) ? [{ target, role }] : [];
  });
  const gone = new Set(retired.map(({ target }) => target));
  const removed = old.filter((row) => !nowOf.has(row.hostname) && !gone.has(row));
  const added = now.filter(({ hostname }) => !oldOf.has(hostname));
  return { retired, removed, added, moved: movedRows(now, old) };
}

function isDeployed({ isCommented, hostname }: Target): boolean {
  return isCommented !== true && hostname !== '';
}

function isWorker(group: string): boolean {
  const role = groupIdentity(group)?.role ?? group;
  return role === 'slurm_node';
}

/** As few rows as possible whose move explains the new order; rows at the end that were not there before are appended. */
function movedRows(now: readonly Target[], old: readonly Target[]): Target[] {
  const placeOf = new Map(old.map(({ hostname }, at) => [hostname, at]));
  const places = now.map(({ hostname }) => placeOf.get(hostname));
  const last = places.findLastIndex((place) => place !== undefined);
  const kept = new Set(longestRising(places));
  return now.filter((_, at) => at <= last && !kept.has(at));
}

/** Indexes of a longest rising subsequence, undefined left out (patience sorting). */
function longestRising(places: readonly (number | undefined)[]): number[] {
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  places.forEach((place, at) => {
    if (place === undefined) return;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((places[ends[middle] ?? 0] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    before.set(at, ends[low - 1]);
    ends[low] = at;
  });
  const found: number[] = [];
  for (let at = ends.at(-1); at !== undefined; at = before.get(at)) found.push(at);
  return found;
}
