import { UserError } from '@omnia-buildstream/core/errors/userError';
import type { Plan, PlannedNode } from '@omnia-buildstream/core/plan/plan';
import { controlKindOf } from '@omnia-buildstream/core/plan/control/controlNodes';
import type { Target } from '@omnia-buildstream/core/plan/targets';

/**
 * Every `count`th node of the mapping file, beginning with the `index`th; all control nodes and protected nodes are in
 * the first shard.
 */
export interface Shard {
  /** Counted from 1. */
  readonly index: number;
  readonly count: number;
}

/** Which nodes of a plan are selected; each part narrows the selection further. */
export interface Selection {
  /** Hostnames, service tags or BMC_IPs, case-insensitive; empty: all. */
  readonly names: readonly string[];
  /** Only nodes that failed before. */
  readonly failed: boolean;
  readonly shard: Shard | undefined;
  /** BMC_IPs that are excluded in any case. */
  readonly except?: ReadonlySet<string>;
  /** Whether nodes with running jobs are included; if absent, only those that are named. */
  readonly withJobs?: boolean;
}

/**
 * Which nodes of the plan are selected; undefined: all.
 * @param protectedNodes names and patterns of nodes that are treated like control nodes
 * @throws UserError for a name that no row has
 */
export function selectionOf(
  plan: Plan,
  { names, failed, shard, except }: Selection,
  protectedNodes: readonly string[],
): ((node: PlannedNode) => boolean) | undefined {
  if (names.length === 0 && !failed && shard === undefined && except === undefined) return undefined;
  const targets = plan.nodes.map(({ target }) => target);
  const named = new Set(targetsNamed(targets, names));
  const inShard = shard === undefined ? undefined : nodesOfShard(plan, shard, protectedNodes);
  return (node) =>
    named.has(node.target) &&
    except?.has(node.target.bmcIp) !== true &&
    (!failed || node.reason === 'failed' || node.reason === 'other-status') &&
    (inShard === undefined || inShard.has(node));
}

/**
 * Rows by hostname, service tag or BMC_IP, case-insensitive; all if there are no names.
 * @throws UserError for a name that no row has
 */
export function targetsNamed(targets: readonly Target[], names: readonly string[]): readonly Target[] {
  if (names.length === 0) return targets;
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const unknown = unknownNames(targets, names);
  if (unknown.length > 0) throw new UserError({ kind: 'unknown-nodes', names: unknown });
  return targets.filter((target) => namesOf(target).some((name) => wanted.has(name)));
}

/** Names that no row has. */
export function unknownNames(targets: readonly Target[], names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const known = new Set(targets.flatMap(namesOf));
  return names.filter((name) => !known.has(name.toLowerCase()));
}

function namesOf({ hostname, serviceTag, bmcIp }: Target): string[] {
  return [hostname, serviceTag, bmcIp].filter((name) => name !== '').map((name) => name.toLowerCase());
}

/**
 * Based on the position of the row in the file, not in the list of nodes to boot: a shard keeps its nodes no matter
 * what was booted meanwhile. Shards know nothing of each other, and control nodes and protected nodes go one after
 * another, so the first shard has all of them.
 */
function nodesOfShard(
  { nodes }: Plan,
  { index, count }: Shard,
  protectedNodes: readonly string[],
): ReadonlySet<PlannedNode> {
  const shardOf = ({ target }: PlannedNode, place: number): number =>
    controlKindOf(target, protectedNodes) === undefined ? (place % count) + 1 : 1;
  return new Set(nodes.filter((node, place) => shardOf(node, place) === index));
}
