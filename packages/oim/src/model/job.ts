import { countField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { demandText, listField, objectField, objectIn, saidField, timeField } from './read.ts';

/** A job as returned by GET /jobs/{id} (omnia.md section 7). */
export interface OimJob {
  readonly id: string;
  /** PENDING, RUNNING, SUCCEEDED, FAILED, CLEANED, or another state of a newer API. */
  readonly state: string;
  readonly correlationId: string | undefined;
  /** Milliseconds since the epoch, by the management server's clock. */
  readonly createdAt: number | undefined;
  /** Time of the last change. Undefined if the API does not report it. */
  readonly updatedAt: number | undefined;
  /** When the job entered each state, by the API's internal names: CREATED, COMPLETED, …. Empty if not reported. */
  readonly stateTimes: ReadonlyMap<string, number>;
  /** In the order in which they run, unknown stages last; the API returns them alphabetically (omnia.md section 7). */
  readonly stages: readonly OimStage[];
}

export interface OimStage {
  readonly name: string;
  /** PENDING, IN_PROGRESS, COMPLETED, FAILED, SKIPPED, CANCELLED, or another state of a newer API. */
  readonly state: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /**
   * Counted from 1; the first attempt of validate is number 2. If the API has no field for it, it is taken from the
   * name of the log file, which is known once the attempt has ended.
   */
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
    updatedAt: timeField(object, 'updated_at'),
    stateTimes: readTimes(objectField(object, 'state_timestamps') ?? {}),
    stages: inWorkingOrder(listField(object, 'stages').map(readStage)),
  };
}

function readTimes(object: JsonObject): ReadonlyMap<string, number> {
  const times = Object.keys(object).map((name) => [name, timeField(object, name)] as const);
  return new Map(times.flatMap(([name, time]) => (time === undefined ? [] : [[name, time]])));
}

/** The stages of Omnia 2.2 and 2.3 (omnia.md section 7). */
const workingOrder = [
  'parse-catalog',
  'generate-input-files',
  'create-local-repository',
  'build-image',
  'build-image-x86_64',
  'build-image-aarch64',
  'upload',
  'deploy',
  'restart',
  'validate',
];

function inWorkingOrder(stages: readonly OimStage[]): readonly OimStage[] {
  const placeOf = ({ name }: OimStage): number => {
    const place = workingOrder.indexOf(name);
    return place === -1 ? workingOrder.length : place;
  };
  return stages.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function readStage(object: JsonObject): OimStage {
  const logFile = saidField(object, 'log_file_path');
  return {
    name: saidField(object, 'stage_name') ?? 'unnamed',
    state: saidField(object, 'stage_state') ?? 'UNKNOWN',
    startedAt: timeField(object, 'started_at'),
    endedAt: timeField(object, 'ended_at'),
    attempt: countField(object, 'attempt') ?? attemptIn(logFile),
    errorCode: saidField(object, 'error_code'),
    errorSummary: saidField(object, 'error_summary'),
    logFile,
    resultDetail: objectField(object, 'result_detail'),
  };
}

/** `…/set_pxe_boot.yml_20261128_222147_attempt4.log` */
function attemptIn(logFile: string | undefined): number | undefined {
  const [, digits] = /_attempt(\d{1,6})\.log$/.exec(logFile ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}

const endStates = new Set(['COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED']);

/** Whether no attempt is running or about to begin. A stage in an unknown state has not ended. */
export function hasEnded({ state }: OimStage): boolean {
  return endStates.has(state);
}

/** Whether both show the same state of the same attempt. */
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
