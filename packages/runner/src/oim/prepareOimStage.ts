import { UserError } from '@omnia-buildstream/core/errors/userError';
import type { PreparedRun } from '@omnia-buildstream/core/stage/preparedStage';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import type { OimStageEvent, OimStageSummary } from '@omnia-buildstream/oim/events';
import type { OimJob } from '@omnia-buildstream/oim/model/job';
import { runOimStage } from '@omnia-buildstream/oim/stage/runOimStage';
import type { FollowSettings } from '@omnia-buildstream/oim/stage/settings';
import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import type { PlainRun } from '../preparedStage.ts';
import { planOimStage, type OimStagePlan } from './planOimStage.ts';
import { keepTold } from './keepTold.ts';
import { uploadsBeside } from './laterDeploys.ts';
import { readOtherJobs } from './otherJobs.ts';
import { isRunning, type OimSituation } from './situation.ts';

/** A stage of the management server as planned. */
export interface PreparedOimStage extends OimStagePlan, PreparedRun<PlainRun<OimStageEvent>, OimStageSummary> {
  readonly stage: OimStagePlan['stage'];
  /** Whether the stage is already running on the management server: it is then followed, and nothing is sent. */
  readonly isFollowed: boolean;
}

export interface OimStageRequest {
  readonly client: Pick<OimClient, 'images' | 'job' | 'nodeResults' | 'startStage' | 'upload'>;
  /** All image groups as listed: what was done for their jobs affects this one. */
  readonly groups: readonly ImageGroup[];
  /** The job as it was read. */
  readonly job: OimJob;
  /**
   * Reads the files of the project, given the server's state of the job: once now, and again before anything is sent.
   */
  readonly look: (job: OimJob) => Promise<ProjectSituation>;
  readonly clock: Clock;
  readonly settings: FollowSettings;
  /** Aborts the planning. */
  readonly signal: AbortSignal;
}

/** What the files of the project and one job show. */
export type ProjectSituation = Omit<OimSituation, 'others'>;

/** Plans a stage of the management server. Only reads; sends nothing. @throws what `look` throws */
export async function prepareOimStage(request: OimStageRequest): Promise<PreparedOimStage> {
  const { client, job, clock, settings } = request;
  const situation = await situationOf(request, job, request.signal);
  const planned = await planOimStage(situation);
  const isFollowed = isRunning(situation);
  const plan = isFollowed ? { ...planned, files: [], obstacles: [] } : planned;
  return {
    ...plan,
    isFollowed,
    isNothing: false,
    asks: !isFollowed,
    async run({ emit, stop, stopAtOnce }) {
      refuseObstacles(plan);
      const signal = AbortSignal.any([stop, stopAtOnce]);
      const { uploads } = isFollowed ? situation : await demandSame(request, planned, signal);
      const { imageGroup, request: order, files } = plan;
      const what = {
        client,
        jobId: job.id,
        imageGroup,
        request: order,
        mayOrder: !isFollowed,
        files,
        uploads,
      };
      const summary = await runOimStage({ ...what, clock, settings, emit, signal });
      if (plan.restart !== undefined) await keepTold(situation, plan.restart, { summary, clock });
      return summary;
    },
    close: () => Promise.resolve(),
  };
}

async function situationOf(
  { client, groups, look }: Pick<OimStageRequest, 'client' | 'groups' | 'look'>,
  job: OimJob,
  signal: AbortSignal,
): Promise<OimSituation> {
  const others = await readOtherJobs(client, { groups, jobId: job.id }, signal);
  const situation = await look(job);
  return { ...situation, uploads: uploadsBeside(others, situation.uploads), others };
}

/**
 * Checks the plan again, because a file may have been saved, or a stage of this or another job may have been run, while
 * the user was deciding. @throws UserError
 */
async function demandSame(
  request: OimStageRequest,
  { identity }: OimStagePlan,
  signal: AbortSignal,
): Promise<OimSituation> {
  const { client } = request;
  const [job, groups] = await Promise.all([client.job(request.job.id, signal), client.images(undefined, signal)]);
  const situation = await situationOf({ ...request, groups }, job, signal);
  // Someone else requested the stage: the following code sees that and sends nothing.
  if (isRunning(situation)) return situation;
  const now = await planOimStage(situation);
  if (now.identity !== identity) throw new UserError({ kind: 'plan-changed' });
  refuseObstacles(now);
  return situation;
}
