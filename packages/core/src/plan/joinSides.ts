import type { FailedNodes } from '../failedNodes/types.ts';
import type { RestartState } from './restartState.ts';

/** What one of those who restart nodes keeps: the stage engine here, Omnia on the management server. */
export interface RestartSide {
  readonly restartState: RestartState;
  readonly failedNodes: FailedNodes;
}

/**
 * What one side knows, and of nodes that it has never seen what the other one says. Nothing is compared by time: the two
 * have different clocks, and who has seen a node itself is believed.
 */
export function joinSides(own: RestartSide, other: RestartSide): RestartSide {
  const { restartState: state, failedNodes: list } = own;
  const seen = new Set(
    [state.previousInventory, state.bootedNodes, list.entries].flatMap((nodes) => nodes.map(({ bmcIp }) => bmcIp)),
  );
  const unseen = <Node extends { readonly bmcIp: string }>(nodes: readonly Node[]): Node[] =>
    nodes.filter(({ bmcIp }) => !seen.has(bmcIp));
  return {
    restartState: {
      ...state,
      updatedAt: state.updatedAt ?? other.restartState.updatedAt,
      previousInventory: [...state.previousInventory, ...unseen(other.restartState.previousInventory)],
      bootedNodes: [...state.bootedNodes, ...unseen(other.restartState.bootedNodes)],
    },
    failedNodes: { ...list, entries: [...list.entries, ...unseen(other.failedNodes.entries)] },
  };
}
