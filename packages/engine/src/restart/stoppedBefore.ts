import type { Plan } from '@omnia-buildstream/core/plan/plan';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { isOfBoot } from '@omnia-buildstream/core/restart/failureKind';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { canaryNodes, isControl, type How, type NodeOfRun } from './canaryOfRun.ts';
import type { StopReason } from './events.ts';
import { FailureLimits } from './failureLimits.ts';
import type { NodesOfRun } from './nodesOfRun.ts';
import { stopTexts } from './stepTexts.ts';

/** Why no further node is begun. */
export interface Stop {
  readonly reason: StopReason;
  readonly said: Phrase;
}

/**
 * Why the interrupted run that this one continues began no further node, or would have begun none with these limits:
 * then this one finishes the nodes in progress and begins none either. Killing a run that stops by itself does not lift
 * its limits.
 */
export function stoppedBefore(plan: Plan, ofRun: NodesOfRun, settings: How): Stop | undefined {
  const failed = failedBoots(plan, ofRun);
  const control = failed.find((target) => isControl(target, settings));
  if (control !== undefined) return controlFailed(control);
  const limits = FailureLimits.after(settings.rollout, ofRun);
  if (limits.exceeded !== undefined) return { reason: limits.exceeded, said: limits.counts };
  // Until the canary is complete only its nodes are begun.
  const [first] = failed;
  return first !== undefined && canaryNodes(plan, ofRun, settings).length > 0 ? canaryFailed(first) : undefined;
}

/** The nodes that this run begins with; none if there is no canary, an interrupted run has had it, or none is begun. */
export function firstNodes(plan: Plan, ofRun: NodesOfRun, settings: How): readonly NodeOfRun[] {
  return stoppedBefore(plan, ofRun, settings) === undefined ? canaryNodes(plan, ofRun, settings) : [];
}

export function canaryFailed({ hostname }: Target): Stop {
  return { reason: 'canary-failed', said: phrase(stopTexts.canaryFailed, { hostname }) };
}

export function controlFailed({ hostname }: Target): Stop {
  return { reason: 'control-failed', said: phrase(stopTexts.controlFailed, { hostname }) };
}

function failedBoots(plan: Plan, { finished }: Pick<NodesOfRun, 'finished'>): readonly Target[] {
  const failed = new Set(
    finished.flatMap(({ bmcIp, failure }) => (failure !== undefined && isOfBoot(failure) ? [bmcIp] : [])),
  );
  return plan.nodes.flatMap(({ target }) => (failed.has(target.bmcIp) ? [target] : []));
}
