import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import type { StageName } from '@omnia-buildstream/engine/stage/events';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { chooseJob } from '@omnia-buildstream/runner/oim';
import type { ServerStagePlan } from '@omnia-buildstream/runner/server/planServerStage';
import { isRunning } from '@omnia-buildstream/runner/server/situation';
import { CannotRun } from '../../cannotRun.ts';
import type { Io } from '../../io.ts';
import { usualMapping } from '../../plan/options.ts';
import { planOfServer } from './inputs.ts';
import type { OimRunOptions } from './options.ts';
import { obstacleError, touchesText } from './planText.ts';

export interface PlannedOimStage {
  readonly name: StageName;
  /** It is under way on the management server already, and followed only. */
  readonly isRunning: boolean;
  readonly plan: ServerStagePlan;
}

/** What the management server is going to do, before anything is sent. */
export interface OimPlan {
  readonly jobId: string;
  readonly imageGroup: string;
  /** The image group and its job with their states, for people. */
  readonly states: string;
  /** In their order. */
  readonly stages: readonly PlannedOimStage[];
}

type Asked = Pick<OimRunOptions, 'stages' | 'image' | 'job' | 'mapping' | 'version' | 'failed'>;

/** Begins with the stage that is under way, when one is: those before it were done for it. @throws CannotRun, OimError */
export async function planOim(
  client: Pick<OimClient, 'images' | 'job'>,
  options: Asked,
  { io, signal }: { readonly io: Io; readonly signal: AbortSignal },
): Promise<OimPlan> {
  const choice = chooseJob(await client.images(undefined, signal), options);
  if ('problem' in choice) throw new CannotRun('arguments', choice.problem);
  const { jobId, group } = choice;
  const job = await client.job(jobId, signal);
  const first = options.stages.findLastIndex((stage) => isRunning({ stage, job }));
  const stages: PlannedOimStage[] = [];
  for (const stage of options.stages.slice(Math.max(0, first))) {
    const plan = await planOfServer(options, { stage, job, group }, io);
    const [obstacle] = plan.obstacles;
    const goesOn = isRunning({ stage, job });
    if (obstacle !== undefined && !goesOn) {
      throw obstacleError(obstacle, plan, options.mapping ?? (await usualMapping(io)) ?? '');
    }
    stages.push({ name: stage, isRunning: goesOn, plan });
  }
  const states = job.stages.map(({ name, state }) => `${name} ${state}`).join(', ');
  return {
    jobId,
    imageGroup: group.id,
    states: plainLine(`Image group ${group.id} (${group.status}), job ${jobId} (${job.state}): ${states}`),
    stages,
  };
}

export function oimPlanText({ states, stages }: OimPlan): string {
  const blocks = stages.map(({ name, isRunning: goesOn, plan }) =>
    goesOn
      ? `The ${name} stage is running already; it is followed, nothing is sent.`
      : `The ${name} stage is run by the management server.\n${touchesText(plan)}`,
  );
  return `${[states, ...blocks].join('\n')}\n`;
}
