import { readPipeline, type Pipeline } from './pipeline.ts';
import { demandNumber, demandText, number, objectOf, optionalObject, text, timeMs } from './value.ts';

/** What jobs and bridges have in common. Times are milliseconds since 1970. */
interface Processable {
  readonly id: number;
  readonly name: string;
  readonly stage: string;
  readonly status: string;
  /** False if an old server leaves it out. */
  readonly allowFailure: boolean;
  readonly createdMs: number | undefined;
  readonly startedMs: number | undefined;
  readonly finishedMs: number | undefined;
  readonly durationSeconds: number | undefined;
  readonly webUrl: string | undefined;
  readonly username: string | undefined;
  readonly failureReason: string | undefined;
  readonly pipelineId: number | undefined;
  /** Project of its pipeline. Undefined if the server does not say. */
  readonly projectId: number | undefined;
  /** Status of its pipeline at the time of the response. */
  readonly pipelineStatus: string | undefined;
}

/** A job that a runner executes. */
export interface Job extends Processable {
  readonly kind: 'job';
  readonly artifactsExpireMs: number | undefined;
}

/** A trigger job: starts a child pipeline. */
export interface Bridge extends Processable {
  readonly kind: 'bridge';
  /** Undefined until it is created. */
  readonly downstream: Pipeline | undefined;
}

/** @throws AnswerError without id, name or status. */
export function readJob(value: unknown): Job {
  const from = objectOf(value, 'job');
  return { kind: 'job', ...readProcessable(from), artifactsExpireMs: timeMs(from['artifacts_expire_at']) };
}

/** @throws AnswerError without id, name or status. */
export function readBridge(value: unknown): Bridge {
  const from = objectOf(value, 'trigger job');
  const downstream = optionalObject(from['downstream_pipeline']);
  return {
    kind: 'bridge',
    ...readProcessable(from),
    downstream: downstream === undefined ? undefined : readPipeline(downstream),
  };
}

function readProcessable(from: Readonly<Record<string, unknown>>): Processable {
  const pipeline = optionalObject(from['pipeline']);
  return {
    id: demandNumber(from['id'], 'job id'),
    name: demandText(from['name'], 'name of a job'),
    stage: text(from['stage']) ?? '',
    status: demandText(from['status'], 'status of a job'),
    allowFailure: from['allow_failure'] === true,
    createdMs: timeMs(from['created_at']),
    startedMs: timeMs(from['started_at']),
    finishedMs: timeMs(from['finished_at']),
    durationSeconds: number(from['duration']),
    webUrl: text(from['web_url']),
    username: text(optionalObject(from['user'])?.['username']),
    failureReason: text(from['failure_reason']),
    pipelineId: number(pipeline?.['id']),
    projectId: number(pipeline?.['project_id']),
    pipelineStatus: text(pipeline?.['status']),
  };
}
