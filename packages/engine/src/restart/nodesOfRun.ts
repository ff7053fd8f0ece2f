import type { Plan, PlannedNode } from '@omnia-buildstream/core/plan/plan';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { InterruptedRun, NodeProgress } from '@omnia-buildstream/core/restart/interruptedRun';
import type { NodeResult } from '@omnia-buildstream/core/restart/journalRecord';

export interface NodesOfRun {
  /** Nodes to start, with what is known of them from an interrupted run. */
  readonly nodes: readonly { readonly planned: PlannedNode; readonly progress: NodeProgress | undefined }[];
  /**
   * Results that an interrupted run already has. A node that failed in it is retried by the next run, not by this one.
   */
  readonly finished: readonly NodeResult[];
  /** The interrupted run that this one continues. */
  readonly resumed: InterruptedRun | undefined;
}

/**
 * The nodes that a run of this plan touches. An interrupted run of the same image group is continued; `only` limits the
 * rest, but never leaves out a node that is in the middle of it.
 */
export function nodesOfRun(
  plan: Plan,
  interrupted: InterruptedRun | undefined,
  only?: (node: PlannedNode) => boolean,
): NodesOfRun {
  const resumed = interrupted?.imageGroup === plan.imageGroup ? interrupted : undefined;
  const finished = [...(resumed?.nodes.values() ?? [])].flatMap((progress) => {
    return progress.stage === 'finished' ? [progress.result] : [];
  });
  const nodes = plan.nodes.flatMap((planned) => {
    const progress = progressOf(planned.target.bmcIp, resumed);
    if (planned.action !== 'boot' || progress?.stage === 'finished') return [];
    return progress !== undefined || (only?.(planned) ?? true) ? [{ planned, progress }] : [];
  });
  return { nodes, finished, resumed };
}

/** The nodes that the continued, interrupted run has finished. */
export function finishedTargets(
  plan: Plan,
  { finished }: Pick<NodesOfRun, 'finished'>,
): { readonly reported: readonly Target[]; readonly failed: readonly Target[] } {
  const failures = new Map(finished.map(({ bmcIp, failure }) => [bmcIp, failure]));
  const targets = plan.nodes.flatMap(({ target }) => (failures.has(target.bmcIp) ? [target] : []));
  const hasReported = ({ bmcIp }: Target): boolean => failures.get(bmcIp) === undefined;
  return { reported: targets.filter(hasReported), failed: targets.filter((target) => !hasReported(target)) };
}

function progressOf(bmcIp: string, run: InterruptedRun | undefined): NodeProgress | undefined {
  return run?.nodes.get(bmcIp) ?? (run?.isUnclear === true ? { stage: 'in-doubt' } : undefined);
}
