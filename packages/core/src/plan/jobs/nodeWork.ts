import type { Said } from '../../text/phrase.ts';

/** Jobs of users on one node, or pods of namespaces. */
export interface RunningJobs {
  readonly unit: 'jobs' | 'pods';
  /** Undefined: there are some, but it is unknown how many. */
  readonly count: number | undefined;
  /** Each once, sorted; unknown ones are missing. */
  readonly users: readonly string[];
  /** When the last of them ends at the latest, in epoch milliseconds; undefined: not known. */
  readonly latestEnd: number | 'no-limit' | undefined;
}

/**
 * What a workload manager says about a node. `not-known` is not "no jobs": `not-listed` when it does not know the node,
 * `no-answer` when it could not be asked, or its answer could not be read.
 */
export type NodeWork =
  | { readonly kind: 'free' }
  | { readonly kind: 'busy'; readonly jobs: RunningJobs }
  | { readonly kind: 'not-known'; readonly reason: 'not-listed' | 'no-answer'; readonly why: Said };

/** By BMC_IP; a node that is missing is not known. */
export type KnownWork = ReadonlyMap<string, NodeWork>;

/**
 * What two managers say about the same node: jobs of either count, and a node of one need not be known to the other.
 */
export function joinWork(one: NodeWork, other: NodeWork): NodeWork {
  if (one.kind === 'busy' && other.kind === 'busy') return { kind: 'busy', jobs: joinJobs(one.jobs, other.jobs) };
  for (const kind of ['busy', 'no-answer', 'free'] as const) {
    const found = [one, other].find((work) => (work.kind === 'not-known' ? work.reason : work.kind) === kind);
    if (found !== undefined) return found;
  }
  return one;
}

/** All of them on one node. */
export function joinJobs(one: RunningJobs, other: RunningJobs): RunningJobs {
  const count = one.count === undefined || other.count === undefined ? undefined : one.count + other.count;
  return {
    unit: one.unit === other.unit ? one.unit : 'jobs',
    count,
    users: [...new Set([...one.users, ...other.users])].sort(),
    latestEnd: laterEnd(one.latestEnd, other.latestEnd),
  };
}

function laterEnd(one: RunningJobs['latestEnd'], other: RunningJobs['latestEnd']): RunningJobs['latestEnd'] {
  if (one === 'no-limit' || other === 'no-limit') return 'no-limit';
  return one === undefined || other === undefined ? undefined : Math.max(one, other);
}
