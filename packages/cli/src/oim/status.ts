import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { OimJob } from '@omnia-buildstream/oim/model/job';
import { findGroup } from '@omnia-buildstream/runner/oim/findGroup';
import type { ServerIdentity } from '@omnia-buildstream/oim/model/server';
import { cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { listenForInterrupts } from '../run/interrupts.ts';
import { formatTable } from '../table.ts';
import { withOim } from './access.ts';
import type { AccessOptions } from './options.ts';

/** What to ask the API for. */
export interface ApiQuestion {
  readonly job: string | undefined;
  /** Empty: none is named. */
  readonly image: string;
  readonly format: 'text' | 'json';
}

interface Status {
  readonly health: string;
  /** Undefined: the server does not say. */
  readonly identity: ServerIdentity | undefined;
  readonly job: OimJob | undefined;
  /** Of the job, or all when none is asked for. */
  readonly imageGroups: readonly ImageGroup[];
}

/** Asks the BuildStreaM API for its image groups and a job, and shows them. @throws UserError */
export async function showApiStatus(question: ApiQuestion, access: AccessOptions, io: Io): Promise<void> {
  const interrupts = listenForInterrupts(io);
  try {
    const signal = interrupts.stop;
    const work = (client: OimClient): Promise<Status> => read(client, question, signal);
    await print(await withOim(access, io, { signal, work }), question.format, io);
  } finally {
    interrupts.dispose();
  }
}

async function read(client: OimClient, { job, image }: ApiQuestion, signal: AbortSignal): Promise<Status> {
  const about = { health: await client.health(signal), identity: await client.identity(signal) };
  const all = await client.images(undefined, signal);
  if (job !== undefined && image === '') {
    const ofJob = all.filter(({ jobId }) => jobId?.toLowerCase() === job.toLowerCase());
    return { ...about, job: await client.job(job, signal), imageGroups: ofJob };
  }
  if (image === '') return { ...about, job: undefined, imageGroups: all };
  const choice = findGroup(all, { image, job });
  if ('problem' in choice) throw cannotRun('arguments', wordsOf(choice.problem));
  return { ...about, job: await client.job(choice.jobId, signal), imageGroups: [choice.group] };
}

async function print({ health, identity, job, imageGroups }: Status, format: 'text' | 'json', io: Io): Promise<void> {
  if (format === 'json') {
    const server = identity === undefined ? null : { title: identity.title, version: identity.version };
    const shape = {
      health,
      server,
      job: job === undefined ? null : jobJson(job),
      imageGroups: imageGroups.map(groupJson),
    };
    await io.stdout.write(`${JSON.stringify(shape, undefined, 2)}\n`);
    return;
  }
  const groups = imageGroups.map(({ id, status: state, jobId = '', images }) => {
    return [id, state, jobId, images.map(({ role }) => role).join(', ')];
  });
  const blocks = [
    plainLine(`BuildStreaM API: ${health}${identityText(identity)}`),
    groups.length === 0 ? 'No image groups.' : formatTable(['IMAGE GROUP', 'STATUS', 'JOB', 'ROLES'], groups),
    ...(job === undefined ? [] : [jobText(job)]),
  ];
  await io.stdout.write(`${blocks.join('\n\n')}\n`);
}

function identityText(identity: ServerIdentity | undefined): string {
  if (identity === undefined) return '';
  const { title, version, isBuildStream } = identity;
  const doubt = isBuildStream ? '' : ', which is not the BuildStreaM API';
  return ` (${[title, version].filter((part) => part !== '').join(' ')}${doubt})`;
}

function jobText({ id, state, updatedAt, stages }: OimJob): string {
  const rows = stages.map((stage) => {
    const { name, state: stageState, attempt, startedAt, endedAt, errorCode, errorSummary, logFile } = stage;
    const why = [errorCode, errorSummary, errorCode === undefined ? undefined : logFile];
    const tries = attempt === undefined ? '' : String(attempt);
    return [name, stageState, tries, timeText(startedAt), timeText(endedAt), why.filter(Boolean).join(', ')];
  });
  const since = updatedAt === undefined ? '' : `, last changed ${timeText(updatedAt)}`;
  return `Job ${id}: ${state}${since}\n${formatTable(['STAGE', 'STATE', 'ATTEMPT', 'STARTED', 'ENDED', 'WHY'], rows)}`;
}

function jobJson({ id, state, createdAt, updatedAt, stateTimes, stages }: OimJob): unknown {
  const times = ({ startedAt, endedAt }: OimJob['stages'][number]): unknown => ({
    startedAt: timeText(startedAt) || null,
    endedAt: timeText(endedAt) || null,
  });
  return {
    id,
    state,
    createdAt: timeText(createdAt) || null,
    updatedAt: timeText(updatedAt) || null,
    stateTimes: Object.fromEntries([...stateTimes].map(([name, ms]) => [name, timeText(ms)])),
    stages: stages.map((stage) => ({
      name: stage.name,
      state: stage.state,
      attempt: stage.attempt ?? null,
      ...(times(stage) as object),
      errorCode: stage.errorCode ?? null,
      errorSummary: stage.errorSummary ?? null,
      logFile: stage.logFile ?? null,
      result: stage.resultDetail ?? null,
    })),
  };
}

function groupJson({ id, status: state, jobId, images }: ImageGroup): unknown {
  return { id, status: state, jobId: jobId ?? null, images: images.map(({ role, name }) => ({ role, name })) };
}

function timeText(ms: number | undefined): string {
  return ms === undefined ? '' : new Date(ms).toISOString();
}
