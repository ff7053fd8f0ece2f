import type { FailedNode } from '@omnia-buildstream/core/failedNodes/types';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { SeenState } from '@omnia-buildstream/engine/state/fileStateStore';

export interface NamedNode {
  readonly hostname: string;
  readonly bmcIp: string;
}

/** What became of the nodes, each in one of the lists. */
export interface NodeStates {
  readonly booted: readonly NamedNode[];
  /** Booted by hand, as their entries in failed_nodes.json say; the next run counts them as booted. */
  readonly marked: readonly NamedNode[];
  readonly failed: readonly FailedNode[];
  /** Not booted yet, or nobody knows. */
  readonly left: readonly NamedNode[];
}

/**
 * Puts the states together.
 * @param rows of the mapping file, the nodes to count; undefined: all that the states know
 */
export function nodeStates(states: readonly SeenState[], rows: readonly Target[] | undefined): NodeStates {
  const booted = new Set(states.flatMap(({ restartState }) => restartState.bootedNodes.map(({ bmcIp }) => bmcIp)));
  const entries = new Map(
    states.flatMap(({ failedNodes }) => failedNodes.entries.map((entry) => [entry.bmcIp, entry])),
  );
  const lists = {
    booted: [] as NamedNode[],
    marked: [] as NamedNode[],
    failed: [] as FailedNode[],
    left: [] as NamedNode[],
  };
  for (const node of rows?.map(({ hostname, bmcIp }) => ({ hostname, bmcIp })) ?? knownNodes(states)) {
    const entry = entries.get(node.bmcIp);
    // A node that failed after it had been booted is booted again by the next run.
    if (entry !== undefined && entry.status !== 'success') lists.failed.push(entry);
    else if (booted.has(node.bmcIp)) lists.booted.push(node);
    else if (entry !== undefined) lists.marked.push(node);
    else lists.left.push(node);
  }
  return lists;
}

function knownNodes(states: readonly SeenState[]): NamedNode[] {
  const known = states.flatMap(({ restartState, failedNodes }) => [
    ...restartState.previousInventory,
    ...restartState.bootedNodes,
    ...failedNodes.entries,
  ]);
  return [...new Map(known.map(({ hostname, bmcIp }) => [bmcIp, { hostname, bmcIp }])).values()];
}
