import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import type { OimStageEvent, OimStageSummary } from '@omnia-buildstream/oim/events';
import { stageNamed } from '@omnia-buildstream/oim/model/job';
import { runOimStage } from '@omnia-buildstream/oim/stage/runOimStage';
import { chooseJob } from '@omnia-buildstream/runner/oim';
import { CannotRun } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type Io } from '../io.ts';
import { withOim } from '../oim/access.ts';
import { runOimHelp } from '../oim/help.ts';
import { accessOf } from '../oim/options.ts';
import { listenForInterrupts } from './interrupts.ts';
import { oimInputs } from './oimInputs.ts';
import { parseOimOptions, type OimRunOptions } from './oimOptions.ts';
import { durationText } from './progress.ts';

/** The stage failed, or goes on without us. */
const notSucceeded = 3;

/** `buildstream run STAGE --backend oim`: what it touches, confirmation, order, following, summary. */
export async function runOnOim(stage: string | undefined, args: readonly string[], io: Io): Promise<number> {
  const options = parseOimOptions(stage, args);
  if (options.help) {
    await io.stdout.write(runOimHelp);
    return exitCodes.ok;
  }
  if (options.image === '' && options.job === undefined) {
    throw new CannotRun('arguments', 'Name the image group with --image, or its job with --job.');
  }
  const interrupts = listenForInterrupts();
  const signal = AbortSignal.any([interrupts.stop, interrupts.stopAtOnce]);
  try {
    const work = (client: OimClient): Promise<OimStageSummary> => orderAndFollow(client, options, { io, signal });
    return exitCodeOf(await withOim(accessOf(options.values, io), io, { signal, work }));
  } finally {
    interrupts.dispose();
  }
}

async function orderAndFollow(
  client: OimClient,
  options: OimRunOptions,
  { io, signal }: { readonly io: Io; readonly signal: AbortSignal },
): Promise<OimStageSummary> {
  const choice = chooseJob(await client.images(undefined, signal), options);
  if ('problem' in choice) throw new CannotRun('arguments', choice.problem);
  const { jobId, group } = choice;
  const job = await client.job(jobId, signal);
  const isRunning = stageNamed(job, options.stage)?.state === 'IN_PROGRESS';
  const { request, files, touches } = await oimInputs(options, { jobId, imageGroup: group.id }, io);
  const people = options.isNdjson ? io.stderr : io.stdout;
  const states = job.stages.map(({ name, state }) => `${name} ${state}`).join(', ');
  await people.write(`Image group ${group.id} (${group.status}), job ${jobId} (${job.state}): ${states}\n`);
  if (isRunning)
    await people.write(`The ${options.stage} stage is running already; it is followed, nothing is sent.\n`);
  else {
    await people.write(`The ${options.stage} stage is run by the management server.\n${touches}\n`);
    if (!(await confirm(`Order the ${options.stage} stage now?`, options.values.yes, io))) {
      throw new CannotRun('arguments', 'Nothing was started.');
    }
  }
  return follow(options, io, (emit) =>
    runOimStage({
      client,
      jobId,
      imageGroup: group.id,
      request,
      mayOrder: !isRunning,
      files,
      clock: systemClock,
      settings: options.settings,
      emit,
      signal,
    }),
  );
}

/** Shows the events as they come; resolves when they are written. */
async function follow(
  { isNdjson }: OimRunOptions,
  io: Io,
  run: (emit: (event: OimStageEvent) => void) => Promise<OimStageSummary>,
): Promise<OimStageSummary> {
  let written: Promise<void> = Promise.resolve();
  const summary = await run((event) => {
    const text = isNdjson ? JSON.stringify(event) : textOf(event);
    if (text !== undefined) written = written.then(() => io.stdout.write(`${text}\n`)).catch(() => undefined);
  });
  await written;
  return summary;
}

function textOf(event: OimStageEvent): string | undefined {
  switch (event.type) {
    case 'stage-started':
      return undefined;
    case 'stage-note':
      return `${event.at.slice(11, 19)}  ${event.level === 'info' ? '' : `${event.level}: `}${event.text}`;
    case 'stage-finished': {
      const duration = `Ended after ${durationText(event.durationMs)}.`;
      return event.outcome === 'succeeded' ? `${event.message}\n${duration}` : duration;
    }
  }
}

function exitCodeOf({ outcome }: OimStageSummary): number {
  if (outcome === 'succeeded') return exitCodes.ok;
  return outcome === 'not-started' ? exitCodes.cannotRun : notSucceeded;
}
