import type { Plan, PlannedNode } from '@omnia-buildstream/core/plan/plan';
import { CannotRun } from '../cannotRun.ts';
import type { Shard } from './options.ts';

/** Which nodes of the plan are meant; undefined: all. Throws CannotRun for a name that no row has. */
export function selectionOf(
  plan: Plan,
  {
    names,
    failed,
    shard,
  }: { readonly names: readonly string[]; readonly failed: boolean; readonly shard: Shard | undefined },
): ((node: PlannedNode) => boolean) | undefined {
  if (names.length === 0 && !failed && shard === undefined) return undefined;
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const unknown = names.filter((name) => !plan.nodes.some((node) => isNamed(node, new Set([name.toLowerCase()]))));
  if (unknown.length > 0) throw new CannotRun('arguments', `No row of the mapping file is ${unknown.join(', ')}.`);
  const inShard = shard === undefined ? undefined : nodesOfShard(plan, shard);
  return (node) =>
    (wanted.size === 0 || isNamed(node, wanted)) &&
    (!failed || node.reason === 'failed' || node.reason === 'other-status') &&
    (inShard === undefined || inShard.has(node));
}

function isNamed({ target: { hostname, serviceTag, bmcIp } }: PlannedNode, names: ReadonlySet<string>): boolean {
  return [hostname, serviceTag, bmcIp].some((name) => name !== '' && names.has(name.toLowerCase()));
}

/** By the place of the row in the file, not in the plan: a shard keeps its nodes whatever was booted meanwhile. */
function nodesOfShard({ nodes }: Plan, { index, count }: Shard): ReadonlySet<PlannedNode> {
  return new Set(nodes.filter((_, place) => place % count === index - 1));
}
