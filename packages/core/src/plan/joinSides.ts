import type { FailedNodes } from '../failedNodes/types.ts';
import type { RestartState } from './restartState.ts';

/** What one of the sides that restart nodes keeps: the stage engine here, Omnia on the management server. */
export interface RestartSide {
  readonly restartState: RestartState;
  readonly failedNodes: FailedNodes;
}

/**
 * What one side knows and, for nodes that it has never seen, what the other one says. Runs are ordered, times are not:
 * the two have different clocks. A side that has seen a node itself is believed, unless the other side has run since
 * and names it.
 * @param otherRanSince a later run of the other side wrote its list: its entries count, what it does not name says
 *   nothing
 */
export function joinSides(own: RestartSide, other: RestartSide, otherRanSince: boolean): RestartSide {
  const overruled = new Set(otherRanSince ? other.failedNodes.entries.map(({ bmcIp }) => bmcIp) : []);
  const believed = <Node extends { readonly bmcIp: string }>(nodes: readonly Node[]): Node[] =>
    nodes.filter(({ bmcIp }) => !overruled.has(bmcIp));
  const { restartState: state, failedNodes: list } = own;
  const [inventory, booted] = [believed(state.previousInventory), believed(state.bootedNodes)];
  const entries = believed(list.entries);
  const seen = new Set([inventory, booted, entries].flatMap((nodes) => nodes.map(({ bmcIp }) => bmcIp)));
  const unseen = <Node extends { readonly bmcIp: string }>(nodes: readonly Node[]): Node[] =>
    nodes.filter(({ bmcIp }) => !seen.has(bmcIp));
  return {
    restartState: {
      ...state,
      updatedAt: state.updatedAt ?? other.restartState.updatedAt,
      previousInventory: [...inventory, ...unseen(other.restartState.previousInventory)],
      bootedNodes: [...booted, ...unseen(other.restartState.bootedNodes)],
    },
    failedNodes: {
      ...list,
      entries: [...entries, ...unseen(other.failedNodes.entries)],
      ...doubledIn(list, other.failedNodes),
    },
  };
}

/** What either list hides is reported, whichever is believed. */
function doubledIn(...lists: readonly FailedNodes[]): Pick<FailedNodes, 'doubledKeys'> {
  const keys = [...new Set(lists.flatMap(({ doubledKeys = [] }) => doubledKeys))];
  return keys.length === 0 ? {} : { doubledKeys: keys };
}
