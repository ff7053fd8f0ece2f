import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { defaultFollowSettings } from '@omnia-buildstream/oim/stage/settings';
import { findGroup } from '@omnia-buildstream/runner/oim/findGroup';
import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { prepareOimStage, type PreparedOimStage } from '@omnia-buildstream/runner/oim/prepareOimStage';
import { reachabilityNotes } from '@omnia-buildstream/runner/oim/reachability';
import { isRunning } from '@omnia-buildstream/runner/oim/situation';
import { askedOnce, nobodyAsked, workloadManager } from '@omnia-buildstream/runner/workload/workload';
import { programsFor } from '../../workload.ts';
import { cannotRun } from '../../cannotRun.ts';
import type { Io } from '../../io.ts';
import { usualMapping } from '../../plan/options.ts';
import { inWords } from '../../errorWords.ts';
import { askedBmcs, lookFor } from './inputs.ts';
import type { OimRunOptions } from './options.ts';
import { touchesText } from './planText.ts';

/** What the management server is going to do, before anything is sent. */
export interface OimPlan {
  /** The image group and its job with their states, for people. */
  readonly states: string;
  /** For several stages: what does not have to run again. */
  readonly done: readonly StageName[];
  /** In their order. */
  readonly stages: readonly PreparedOimStage[];
  /** What is known about the BMCs that a stage needs. */
  readonly reach: (stage: Pick<PreparedOimStage, 'needsBmcs'>) => readonly Phrase[];
}

type Asked = Pick<OimRunOptions, 'stages' | 'image' | 'job' | 'mapping' | 'version' | 'failed'> &
  Partial<Pick<OimRunOptions, 'settings' | 'bmcPort' | 'workload'>> & {
    /** For viewing only, so a stage whose turn has not come is planned as well. */
    readonly isPreview?: boolean;
  };
type Client = Pick<OimClient, 'images' | 'job' | 'nodeResults' | 'startStage' | 'upload'>;

/**
 * Begins with the stage that is in progress, if there is one: those before it were done for it. @throws UserError,
 * OimError
 */
export async function planOim(
  client: Client,
  options: Asked,
  { io, signal }: { readonly io: Io; readonly signal: AbortSignal },
): Promise<OimPlan> {
  const groups = await client.images(undefined, signal);
  const choice = findGroup(groups, options);
  if ('problem' in choice) throw cannotRun('arguments', plainLine(wordsOf(choice.problem)));
  const { jobId, group } = choice;
  const job = await client.job(jobId, signal);
  const first = options.stages.findLastIndex((stage) => isRunning({ stage, job }));
  const stages: PreparedOimStage[] = [];
  const done: StageName[] = [];
  const { bmcPort, isPreview = false } = options;
  const bmcs = await askedBmcs(options, bmcPort, { io, signal });
  const { settings = defaultFollowSettings, workload = nobodyAsked } = options;
  const work = askedOnce(workloadManager(workload, await programsFor(workload, io)), io, signal);
  for (const stage of options.stages.slice(Math.max(0, first))) {
    const look = lookFor(options, { stage, group, isAfterOthers: stages.length > 0, work }, io);
    const prepared = await prepareOimStage({ client, groups, job, look, clock: io.clock, settings, signal });
    if (prepared.isDone && options.stages.length > 1) {
      done.push(stage);
      continue;
    }
    try {
      refuseObstacles(isPreview ? withoutOrder(prepared) : prepared);
    } catch (error) {
      throw inWords(error, options.mapping ?? (await usualMapping(io)));
    }
    stages.push(prepared);
  }
  const states = job.stages.map(({ name, state }) => `${name} ${state}`).join(', ');
  return {
    states: plainLine(`Image group ${group.id} (${group.status}), job ${jobId} (${job.state}): ${states}`),
    done,
    stages,
    reach: ({ needsBmcs }) => reachabilityNotes(bmcs, needsBmcs, io.clock.now()),
  };
}

function withoutOrder({ obstacles }: PreparedOimStage): Pick<PreparedOimStage, 'obstacles'> {
  return { obstacles: obstacles.filter(({ kind }) => kind !== 'stage-order') };
}

export function oimPlanText({ states, done, stages, reach }: OimPlan): string {
  const ready = done.map((stage) => `The ${stage} stage is COMPLETED with exactly these files; it is not run again.`);
  const blocks = stages.map((prepared) =>
    prepared.isFollowed
      ? `The ${prepared.stage} stage is already running; its progress is shown, nothing is sent.`
      : `The ${prepared.stage} stage runs on the management server.\n${touchesText(prepared, reach(prepared))}`,
  );
  return `${[states, ...ready, ...blocks].join('\n')}\n`;
}
