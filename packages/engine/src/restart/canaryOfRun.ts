import { controlKindOf } from '@omnia-buildstream/core/plan/control/controlNodes';
import type { Plan } from '@omnia-buildstream/core/plan/plan';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { canaryQuotas, canaryWave, type Quotas } from './canary.ts';
import { finishedTargets, type NodesOfRun } from './nodesOfRun.ts';
import { canarySize } from './rollout.ts';
import type { RestartSettings } from './settings.ts';

export type NodeOfRun = NodesOfRun['nodes'][number];
export type How = Pick<RestartSettings, 'rollout' | 'control'>;
/** The nodes that an interrupted run has finished, for the run that continues it. */
export type FinishedBefore = ReturnType<typeof finishedTargets>;

/** How many of each group go first, and how many of these have reported. */
export interface Canary {
  readonly quotas: Quotas;
  readonly reported: Map<string, number>;
}

/** The canary of the whole run: what an interrupted one has finished is a part of it. */
export function canaryOf(
  nodes: readonly NodeOfRun[],
  { reported: hadReported, failed }: FinishedBefore,
  settings: How,
): Canary {
  const groups = (targets: readonly Target[]): readonly string[] =>
    targets.filter((target) => !isControl(target, settings)).map(({ functionalGroup }) => functionalGroup);
  const all = [...groups(hadReported), ...groups(failed), ...nodes.map(groupOf)];
  const reported = new Map<string, number>();
  for (const group of groups(hadReported)) reported.set(group, (reported.get(group) ?? 0) + 1);
  return { quotas: canaryQuotas(all, canarySize(settings.rollout, all.length)), reported };
}

/** The nodes that go first; none where the rollout has no canary, or an interrupted run has had it. */
export function canaryNodes(plan: Plan, ofRun: NodesOfRun, settings: How): readonly NodeOfRun[] {
  const open = inOrder(ofRun.nodes).filter((node) => !isAlone(node, settings));
  return canaryWave(open, groupOf, canaryOf(open, finishedTargets(plan, ofRun), settings));
}

/** Those in the middle of an interrupted run first. */
export function inOrder(nodes: readonly NodeOfRun[]): readonly NodeOfRun[] {
  return [...nodes.filter(({ progress }) => progress), ...nodes.filter(({ progress }) => !progress)];
}

/** Control nodes and protected nodes, where they are restarted one after another. */
export function isControl(target: Target, { control }: Pick<How, 'control'>): boolean {
  return control.isOneByOne && controlKindOf(target, control.protectedNodes) !== undefined;
}

/** Those, except one that may be booting already: it is begun with what an interrupted run left. */
export function isAlone({ planned, progress }: NodeOfRun, settings: Pick<How, 'control'>): boolean {
  return progress === undefined && isControl(planned.target, settings);
}

export function groupOf({ planned }: NodeOfRun): string {
  return planned.target.functionalGroup;
}
