import { compareCommits, createCommit, listCommits } from './commits.ts';
import { json, type ApiAnswer, type ProjectCall } from './exchange.ts';
import { headFile, rawFile, showFile, writeFile } from './files.ts';
import { jobTrace, playJob, projectJobs, retryJob, showJob } from './jobs.ts';
import { createNote, editNote, listNotes } from './notes.ts';
import * as pipelines from './pipelines.ts';
import { projectShape } from './shapes.ts';

type Handler = (call: ProjectCall) => ApiAnswer | Promise<ApiAnswer>;

export interface Route {
  readonly method: string;
  /** On the encoded path below `/api/v4`; the first group is the project. */
  readonly pattern: RegExp;
  readonly handle: Handler;
}

function route(method: string, pattern: string, handle: Handler): Route {
  const source = pattern.replaceAll(':n', '(\\d+)').replaceAll(':path', '([^/]+)');
  return { method, pattern: new RegExp(`^/projects/([^/]+)${source}$`), handle };
}

/** Routes below a project. There is no cancel: nothing in this project may call it. */
export function projectRoutes({
  hasBridges,
  hasTriggerJobs,
}: {
  hasBridges: boolean;
  hasTriggerJobs: boolean;
}): Route[] {
  const bridges = (name: 'bridges' | 'trigger_jobs') =>
    route('GET', `/pipelines/:n/${name}`, (call) => pipelines.pipelineBridges(call, name));
  return [
    route('GET', '', (call) => json(projectShape(call.project, call.origin))),
    route('GET', '/pipelines', pipelines.listPipelines),
    route('POST', '/pipeline', pipelines.createPipeline),
    route('GET', '/pipelines/latest', pipelines.latestPipeline),
    route('GET', '/pipelines/:n', pipelines.showPipeline),
    route('GET', '/pipelines/:n/jobs', pipelines.pipelineJobs),
    ...(hasBridges ? [bridges('bridges')] : []),
    ...(hasTriggerJobs ? [bridges('trigger_jobs')] : []),
    route('GET', '/pipelines/:n/variables', pipelines.pipelineVariables),
    route('POST', '/pipelines/:n/retry', pipelines.retryPipeline),
    route('GET', '/jobs', projectJobs),
    route('GET', '/jobs/:n', showJob),
    route('GET', '/jobs/:n/trace', jobTrace),
    route('POST', '/jobs/:n/play', playJob),
    route('POST', '/jobs/:n/retry', retryJob),
    route('GET', '/repository/files/:path', showFile),
    route('HEAD', '/repository/files/:path', headFile),
    route('GET', '/repository/files/:path/raw', rawFile),
    route('POST', '/repository/files/:path', (call) => writeFile(call, 'create')),
    route('PUT', '/repository/files/:path', (call) => writeFile(call, 'update')),
    route('GET', '/repository/commits', listCommits),
    route('POST', '/repository/commits', createCommit),
    route('GET', '/repository/compare', compareCommits),
    route('GET', '/merge_requests/:n/notes', listNotes),
    route('POST', '/merge_requests/:n/notes', createNote),
    route('PUT', '/merge_requests/:n/notes/:n', editNote),
  ];
}
