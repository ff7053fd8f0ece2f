import { countField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { demandText, listField, objectField, objectIn, saidField, timeField } from './read.ts';

/** A job as GET /jobs/{id} shows it (omnia.md section 7). */
export interface OimJob {
  readonly id: string;
  /** PENDING, RUNNING, SUCCEEDED, FAILED, CLEANED, or what a newer API says. */
  readonly state: string;
  readonly correlationId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number | undefined;
  /** In the order of the API, those included that we do not know. */
  readonly stages: readonly OimStage[];
}

export interface OimStage {
  readonly name: string;
  /** PENDING, IN_PROGRESS, COMPLETED, FAILED, SKIPPED, CANCELLED, or what a newer API says. */
  readonly state: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** From 1; undefined when the API does not tell. */
  readonly attempt: number | undefined;
  readonly errorCode: string | undefined;
  readonly errorSummary: string | undefined;
  readonly logFile: string | undefined;
  readonly resultDetail: JsonObject | undefined;
}

/** @throws OimError */
export function readJob(text: string, what: string): OimJob {
  const object = objectIn(text, what);
  return {
    id: demandText(object, 'job_id', what),
    state: saidField(object, 'job_state') ?? 'UNKNOWN',
    correlationId: saidField(object, 'correlation_id'),
    createdAt: timeField(object, 'created_at'),
    stages: listField(object, 'stages').map(readStage),
  };
}

function readStage(object: JsonObject): OimStage {
  return {
    name: saidField(object, 'stage_name') ?? 'unnamed',
    state: saidField(object, 'stage_state') ?? 'UNKNOWN',
    startedAt: timeField(object, 'started_at'),
    endedAt: timeField(object, 'ended_at'),
    attempt: countField(object, 'attempt'),
    errorCode: saidField(object, 'error_code'),
    errorSummary: saidField(object, 'error_summary'),
    logFile: saidField(object, 'log_file_path'),
    resultDetail: objectField(object, 'result_detail'),
  };
}

const endStates = new Set(['COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED']);

/** No attempt is under way and none is about to begin. A state that we do not know has not ended. */
export function hasEnded({ state }: OimStage): boolean {
  return endStates.has(state);
}

/** Whether both tell the same of the same attempt. */
export function isSameMoment(one: OimStage | undefined, other: OimStage | undefined): boolean {
  return (
    one?.state === other?.state &&
    one?.startedAt === other?.startedAt &&
    one?.endedAt === other?.endedAt &&
    one?.attempt === other?.attempt
  );
}

export function stageNamed(job: OimJob, name: string): OimStage | undefined {
  return job.stages.find((stage) => stage.name === name);
}
