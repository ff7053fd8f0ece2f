import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { Obstacle, StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { StageRequest } from '@omnia-buildstream/oim/api/oimClient';
import { stageNamed } from '@omnia-buildstream/oim/model/job';
import { orderProblems } from '@omnia-buildstream/oim/stage/stageOrder';
import type { OpenOrder } from '@omnia-buildstream/oim/stage/uploadLog';
import { identityOfPlan } from '../preparedStage.ts';
import { bootsOther, sinceNotes } from './stages/afterOthers.ts';
import type { GivenMapping, OimSituation } from './situation.ts';
import { deployTouches } from './stages/deployTouches.ts';
import { finishedNotes, ofFinishedJob } from './stages/finishedJob.ts';
import { restartTouches } from './stages/restartTouches.ts';
import { requestOf, type Touches } from './stages/touches.ts';
import { utcText } from './utcText.ts';
import { validateTouches } from './stages/validateTouches.ts';
import { oimStageTexts as texts } from './texts.ts';

/** The plan of a stage that runs on the management server. */
export interface OimStagePlan extends StagePlan {
  readonly stage: StageName;
  readonly request: StageRequest;
  /** Whether deploy is COMPLETED with exactly these files: running it again changes nothing. */
  readonly isDone: boolean;
  /**
   * Whether the response to the last request was lost and the server does not show the request: it may still be carried
   * out.
   */
  readonly isInDoubt: boolean;
  /**
   * Nodes whose BMCs must respond. No notes, because what is known about BMCs changes while the user decides
   * (reachability.ts).
   */
  readonly needsBmcs: readonly Target[];
}

type Planner = (situation: OimSituation) => Promise<Touches>;

const planners: Readonly<Record<OimSituation['stage'], Planner>> = {
  deploy: (situation) => withMapping(situation, deployTouches),
  restart: (situation) => withMapping(situation, restartTouches),
  validate: validateTouches,
};

/**
 * Whether the BMCs must respond: deploy assigns images and restart resets servers, but the tests of validate need no
 * BMC.
 */
const needsBmcs = { deploy: true, restart: true, validate: false } as const;

/** Plans what a stage of the management server gets and touches. Only reads; sends nothing. */
export async function planOimStage(situation: OimSituation): Promise<OimStagePlan> {
  const { stage, group, job } = situation;
  const touches = await planners[stage](situation);
  const openOrder = await situation.uploads.openOrder(job);
  const { files, nodes, notes, obstacles } = touches;
  const plan = {
    restart: undefined,
    ...touches,
    notes: [
      ...(openOrder === undefined ? [] : [openOrderNote(situation, openOrder)]),
      ...sinceNotes(situation),
      ...notes,
      ...(await finishedNotes(situation, files)),
    ],
    obstacles: [...orderObstacles(situation), ...obstacles],
    isDone: ofFinishedJob[stage].isOnce && (await situation.uploads.isDeployed(job, files)),
    isInDoubt: openOrder !== undefined,
    needsBmcs: needsBmcs[stage] ? nodes.map(({ target }) => target) : [],
    stage,
    backend: 'oim' as const,
    imageGroup: group.id,
    jobId: job.id,
  };
  return { ...plan, identity: identityOfPlan(plan, [JSON.stringify(plan.request), ...doubtIn(situation, openOrder)]) };
}

/**
 * The uncertain request is part of the plan's identity: a user who agreed before the request became uncertain has not
 * agreed to a second one. A stage after others is agreed to together with the first stage, whose identity includes the
 * uncertain request and whose own request ends the uncertainty.
 */
function doubtIn({ isAfterOthers }: OimSituation, order: OpenOrder | undefined): readonly string[] {
  return order === undefined || isAfterOthers ? [] : [JSON.stringify([order.stage, order.at])];
}

async function withMapping(
  situation: OimSituation,
  touches: (situation: OimSituation, mapping: GivenMapping) => Promise<Touches>,
): Promise<Touches> {
  const { mapping } = situation;
  if (mapping !== undefined) return touches(situation, mapping);
  return { request: requestOf(situation), nodes: [], files: [], notes: [], obstacles: [{ kind: 'no-mapping' }] };
}

function orderObstacles(situation: OimSituation): Obstacle[] {
  const { job, stage, isAfterOthers } = situation;
  const why = isAfterOthers ? [] : [...orderProblems(job, stage), ...bootsOther(situation)];
  return why.length === 0 ? [] : [{ kind: 'stage-order', why }];
}

/**
 * A note for the user, who may be about to run a stage that is already running: the response to the last request was
 * lost.
 */
function openOrderNote({ job }: OimSituation, order: OpenOrder): Phrase {
  const state = stageNamed(job, order.stage)?.state ?? 'not there';
  return phrase(texts.openOrder, { stage: order.stage, time: utcText(order.at), state });
}
