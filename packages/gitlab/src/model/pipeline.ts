import { demandNumber, demandText, number, objectOf, optionalObject, text, timeMs } from './value.ts';

/** A pipeline as `GET /pipelines` and `GET /pipelines/:id` return it. Times are milliseconds since 1970. */
export interface Pipeline {
  readonly id: number;
  /** Undefined if the server does not say; it is then the requested project. A child may be in another project. */
  readonly projectId: number | undefined;
  /** Number within the project, as the web pages show it in some places. */
  readonly iid: number | undefined;
  readonly ref: string;
  readonly sha: string;
  /** One of `knownStatuses`, or a status of a newer server. */
  readonly status: string;
  /** `push`, `api`, `web`, `parent_pipeline` … */
  readonly source: string | undefined;
  readonly name: string | undefined;
  readonly webUrl: string | undefined;
  readonly createdMs: number | undefined;
  readonly updatedMs: number | undefined;
  readonly startedMs: number | undefined;
  readonly finishedMs: number | undefined;
  readonly durationSeconds: number | undefined;
  /** User name of the person who started it; lists leave it out. */
  readonly username: string | undefined;
  readonly yamlErrors: string | undefined;
  /** `group` of the server's own detailed status, such as `success-with-warnings`; lists leave it out. */
  readonly statusGroup: string | undefined;
}

/** @throws AnswerError without id, ref or status. */
export function readPipeline(value: unknown): Pipeline {
  const from = objectOf(value, 'pipeline');
  return {
    id: demandNumber(from['id'], 'pipeline id'),
    projectId: number(from['project_id']),
    iid: number(from['iid']),
    ref: demandText(from['ref'], 'ref of a pipeline'),
    sha: text(from['sha']) ?? '',
    status: demandText(from['status'], 'status of a pipeline'),
    source: text(from['source']),
    name: text(from['name']),
    webUrl: text(from['web_url']),
    createdMs: timeMs(from['created_at']),
    updatedMs: timeMs(from['updated_at']),
    startedMs: timeMs(from['started_at']),
    finishedMs: timeMs(from['finished_at']),
    durationSeconds: number(from['duration']),
    username: text(optionalObject(from['user'])?.['username']),
    yamlErrors: text(from['yaml_errors']),
    statusGroup: text(optionalObject(from['detailed_status'])?.['group']),
  };
}
