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

/** A stage that the management server is told to run. */
export interface OimStagePlan extends StagePlan {
  readonly stage: StageName;
  readonly request: StageRequest;
  /** Deploy is COMPLETED with exactly these files: running it again changes nothing. */
  readonly isDone: boolean;
  /** The last order's answer was never seen, and the server shows nothing of it: it may still be carried out. */
  readonly isInDoubt: boolean;
  /** Whose BMCs have to respond: what is known of that changes while somebody thinks (reachability.ts). */
  readonly needsBmcs: readonly Target[];
}

type Planner = (situation: OimSituation) => Promise<Touches>;

const planners: Readonly<Record<OimSituation['stage'], Planner>> = {
  deploy: (situation) => withMapping(situation, deployTouches),
  restart: (situation) => withMapping(situation, restartTouches),
  validate: validateTouches,
};

/** Images are assigned and servers reset: do the BMCs respond? The tests of validate need none. */
const needsBmcs = { deploy: true, restart: true, validate: false } as const;

/** What a stage of the management server is given and touches. Reads, and sends nothing. */
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
 * Who agreed to a plan before an order was in doubt has not agreed to a second one. A stage after others is agreed to with
 * the first, which has the doubt in it, and whose order ends it.
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

/** Somebody may run what is running already: the last order's answer was never seen. */
function openOrderNote({ job }: OimSituation, order: OpenOrder): Phrase {
  const state = stageNamed(job, order.stage)?.state ?? 'not there';
  return phrase(texts.openOrder, { stage: order.stage, time: utcText(order.at), state });
}
