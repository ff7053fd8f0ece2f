import { UserError } from '@omnia-buildstream/core/errors/userError';
import type { PreparedStage } from '@omnia-buildstream/core/stage/preparedStage';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import type { OimStageEvent, OimStageSummary } from '@omnia-buildstream/oim/events';
import type { OimJob } from '@omnia-buildstream/oim/model/job';
import { runOimStage } from '@omnia-buildstream/oim/stage/runOimStage';
import type { FollowSettings } from '@omnia-buildstream/oim/stage/settings';
import { refuseObstacles, type PlainRun } from '../preparedStage.ts';
import { planServerStage, type ServerStagePlan } from './planServerStage.ts';
import { keepTold } from './keepTold.ts';
import { isRunning, type ServerSituation } from './situation.ts';

/** A stage that the management server is told to run, as it was planned. */
export interface PreparedServerStage extends ServerStagePlan, PreparedStage<PlainRun<OimStageEvent>, OimStageSummary> {
  readonly stage: ServerStagePlan['stage'];
  /** It is under way on the management server already: it is followed, and nothing is sent. */
  readonly isFollowed: boolean;
}

export interface ServerStageRequest {
  readonly client: Pick<OimClient, 'job' | 'nodeResults' | 'startStage' | 'upload'>;
  /** As it was read. */
  readonly job: OimJob;
  /** Looks at the files of the project, with what the server says of the job: once now, and again before anything is sent. */
  readonly look: (job: OimJob) => Promise<ServerSituation>;
  readonly clock: Clock;
  readonly settings: FollowSettings;
}

/** Plans a stage of the management server. Reads, and sends nothing. @throws what `look` throws */
export async function prepareServerStage(request: ServerStageRequest): Promise<PreparedServerStage> {
  const { client, job, look, clock, settings } = request;
  const situation = await look(job);
  const planned = await planServerStage(situation);
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
      if (!isFollowed) await demandSame(request, planned, signal);
      const { imageGroup, request: order, files } = plan;
      const what = {
        client,
        jobId: job.id,
        imageGroup,
        request: order,
        mayOrder: !isFollowed,
        files,
        uploads: situation.uploads,
      };
      const summary = await runOimStage({ ...what, clock, settings, emit, signal });
      if (plan.restart !== undefined) await keepTold(situation, plan.restart, { summary, clock });
      return summary;
    },
    close: () => Promise.resolve(),
  };
}

/** Somebody may have saved a file, or run a stage of this job, while the question was open. @throws UserError */
async function demandSame(
  { client, job, look }: ServerStageRequest,
  { identity }: ServerStagePlan,
  signal: AbortSignal,
): Promise<void> {
  const situation = await look(await client.job(job.id, signal));
  // Somebody else has ordered it: what follows sees that, and sends nothing.
  if (isRunning(situation)) return;
  if ((await planServerStage(situation)).identity !== identity) throw new UserError({ kind: 'plan-changed' });
}
