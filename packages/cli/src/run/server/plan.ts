import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import type { StageName } from '@omnia-buildstream/engine/stage/events';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { stageNamed } from '@omnia-buildstream/oim/model/job';
import { chooseJob } from '@omnia-buildstream/runner/oim';
import { CannotRun } from '../../cannotRun.ts';
import type { Io } from '../../io.ts';
import { oimInputs, type OimInputs } from './inputs.ts';
import type { OimRunOptions } from './options.ts';

export interface PlannedOimStage {
  readonly name: StageName;
  /** It is under way on the management server already, and followed only. */
  readonly isRunning: boolean;
  readonly inputs: OimInputs;
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

/** Begins with the stage that is under way, when one is: those before it were done for it. @throws CannotRun, OimError */
export async function planOim(
  client: OimClient,
  options: OimRunOptions,
  { io, signal }: { readonly io: Io; readonly signal: AbortSignal },
): Promise<OimPlan> {
  const choice = chooseJob(await client.images(undefined, signal), options);
  if ('problem' in choice) throw new CannotRun('arguments', choice.problem);
  const { jobId, group } = choice;
  const job = await client.job(jobId, signal);
  const isRunning = (name: StageName): boolean => stageNamed(job, name)?.state === 'IN_PROGRESS';
  const first = options.stages.findLastIndex(isRunning);
  const stages: PlannedOimStage[] = [];
  for (const name of options.stages.slice(Math.max(0, first))) {
    const inputs = await oimInputs(options, { stage: name, jobId, imageGroup: group.id }, io);
    stages.push({ name, isRunning: isRunning(name), inputs });
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
  const blocks = stages.map(({ name, isRunning, inputs }) =>
    isRunning
      ? `The ${name} stage is running already; it is followed, nothing is sent.`
      : `The ${name} stage is run by the management server.\n${inputs.touches}`,
  );
  return `${[states, ...blocks].join('\n')}\n`;
}
