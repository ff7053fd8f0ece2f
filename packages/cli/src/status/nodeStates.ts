import type { FailedNode } from '@omnia-buildstream/core/failedNodes/types';
import type { OmniaTraces } from '@omnia-buildstream/core/plan/decideDirect';
import type { PlannedNode } from '@omnia-buildstream/core/plan/plan';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { planOfStates } from '@omnia-buildstream/runner/planOfStates';
import type { SeenState } from '@omnia-buildstream/engine/state/fileStateStore';

export interface NamedNode {
  readonly hostname: string;
  readonly bmcIp: string;
}

/** The outcome of the nodes, each in one of the lists. */
export interface NodeStates {
  readonly booted: readonly NamedNode[];
  /** Booted by hand, according to their entries in failed_nodes.json; the next run considers them booted. */
  readonly marked: readonly NamedNode[];
  readonly failed: readonly FailedNode[];
  /** Not booted yet, or unknown. */
  readonly left: readonly NamedNode[];
}

type List = keyof NodeStates;

const listOf: Readonly<Record<PlannedNode['reason'], List>> = {
  booted: 'booted',
  marked: 'marked',
  failed: 'failed',
  'other-status': 'failed',
  new: 'left',
  'not-booted': 'left',
  'not-known': 'left',
  'another-image-group': 'left',
  'no-bmc-ip': 'left',
  'duplicate-bmc-ip': 'left',
  'pxe-boot-off': 'left',
  'not-restarted': 'left',
  'not-in-mapping': 'left',
};

/**
 * What the next run would find for the nodes: as the plan decides it.
 * @param rows of the mapping file, the nodes to count; undefined: all that the states know
 * @param omnia what Omnia left in the project of that file
 */
export function nodeStates(
  states: readonly SeenState[],
  rows: readonly Target[] | undefined,
  omnia: OmniaTraces | undefined,
): NodeStates {
  const lists: Record<List, FailedNode[]> = { booted: [], marked: [], failed: [], left: [] };
  for (const { reason, target, entry } of planOfStates(states, rows, omnia).nodes) {
    if (reason === 'not-in-mapping') continue;
    const { bmcIp, hostname, serviceTag } = target;
    const node = { bmcIp, hostname, serviceTag, status: '', message: '', failureStage: undefined };
    lists[listOf[reason]].push(entry ?? node);
  }
  const named = (nodes: readonly FailedNode[]): NamedNode[] =>
    nodes.map(({ hostname, bmcIp }) => ({ hostname, bmcIp }));
  return { booted: named(lists.booted), marked: named(lists.marked), failed: lists.failed, left: named(lists.left) };
}
