import { reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import type { Obstacle, StageNode, StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { imageCheckNotes, imageObstacles } from './imageCheck.ts';
import { failedNodesPath } from './projectFiles.ts';
import { sinceNotes } from './deployedSince.ts';
import type { MappingPlan } from './serverPlan.ts';
import { touchIdentity, type Touches } from './touches.ts';

/**
 * The plan of a request to GitLab, in the same form as the plan of any stage.
 * @param sends what exactly is sent: action, numbers, names, texts
 */
export function planOf(touches: Touches, sends: readonly string[] = []): StagePlan {
  const plan = touches.kind === 'restarts' || touches.kind === 'cadence' ? touches.plan : undefined;
  const decided = plan?.decision;
  const restart = decided?.plan === undefined ? undefined : decided;
  return {
    stage: touches.kind === 'restarts' ? (touches.deploys ? 'deploy' : 'restart') : undefined,
    backend: 'gitlab',
    imageGroup: (touches.kind === 'restarts' ? touches.imageGroup : undefined) ?? '',
    jobId: plan?.run.jobId === '' ? undefined : plan?.run.jobId,
    restart,
    nodes: bootedBy(plan),
    files: [],
    notes: actionNotes(touches),
    obstacles: actionObstacles(touches),
    identity: JSON.stringify([...sends, touchIdentity(touches)]),
  };
}

/** What prevents the action. */
export function actionObstacles(touches: Touches): readonly Obstacle[] {
  if (touches.kind === 'cadence') return endsOf(touches.plan);
  if (touches.kind !== 'restarts') return [];
  const { plan, branchPlan, images } = touches;
  const ends = endsOf(plan);
  // If the run may use the branch's file instead, and that file has none of these obstacles, both plans are shown and
  // the user decides.
  const isSure = branchPlan === undefined || endsOf(branchPlan).length > 0;
  return [...(isSure ? ends : []), ...imageObstacles(images)];
}

/** What ends the restart stage before it boots a node, as with any other backend. */
function endsOf(plan: MappingPlan | undefined): Obstacle[] {
  if (plan === undefined) return [];
  const ends = plan.ends.map((obstacle): Obstacle => ({ kind: 'stage-ends', obstacle }));
  if (plan.decision.plan !== undefined) return ends;
  return [...ends, { kind: 'failed-nodes', file: failedNodesPath, problems: plan.decision.problems }];
}

/** The nodes that a plan of the mapping file boots, each with its reason. Empty without a plan. */
export function bootedBy(made: Pick<MappingPlan, 'decision'> | undefined): StageNode[] {
  return (made?.decision.plan?.nodes ?? []).flatMap(({ action, target, reason }): StageNode[] =>
    action === 'boot' ? [{ target, why: phrase(reasonTexts[reason]) }] : [],
  );
}

/** Notes in addition to the plan of the mapping file: which images nodes boot, and what is known about the images. */
export function actionNotes(touches: Touches): Phrase[] {
  return touches.kind === 'restarts' ? [...sinceNotes(touches), ...imageCheckNotes(touches.images)] : [];
}
