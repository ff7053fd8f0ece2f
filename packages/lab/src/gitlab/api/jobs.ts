import type { LabBridge, LabJob } from '../ci/state.ts';
import { json, notFound, page, plain, type ApiAnswer, type ProjectCall } from './exchange.ts';
import { readVariables } from './pipelines.ts';
import { jobShape } from './shapes.ts';

/** `GET /projects/:id/jobs`: the jobs of all pipelines including children, newest first, without trigger jobs. */
export async function projectJobs(call: ProjectCall): Promise<ApiAnswer> {
  const { project } = call;
  const all = project.pipelines.all.flatMap(({ jobs }) => jobs).filter(({ kind }) => kind === 'job');
  const sorted = all.sort((a, b) => b.id - a.id);
  const head = await project.repository.resolve(project.defaultBranch);
  const [commit] = head === undefined ? [] : await project.repository.log(head, { count: 1 });
  return page(sorted, call, `/api/v4/projects/${String(project.id)}/jobs`, (job) => jobShape(job, call, commit));
}

export async function showJob(call: ProjectCall): Promise<ApiAnswer> {
  return answer(findOneJob(call), call, 200);
}

/** The whole log, whatever its length; empty if there is none. */
export function jobTrace(call: ProjectCall): ApiAnswer {
  return plain(Buffer.concat(findOneJob(call).trace));
}

export async function playJob(call: ProjectCall): Promise<ApiAnswer> {
  const job = find(call);
  const variables = readVariables(call.body['job_variables_attributes']);
  call.project.pipelines.play(job, { username: call.token.username, variables });
  return answer(job, call, 200);
}

export async function retryJob(call: ProjectCall): Promise<ApiAnswer> {
  return answer(call.project.pipelines.retry(find(call), call.token.username), call, 201);
}

async function answer(job: LabJob | LabBridge, call: ProjectCall, status: number): Promise<ApiAnswer> {
  const [commit] = await call.project.repository.log(job.pipeline.sha, { count: 1 });
  return json(jobShape(job, call, commit), status);
}

function find({ project, params }: ProjectCall): LabJob | LabBridge {
  const job = project.findJob(Number(params[1]));
  if (job === undefined) throw notFound('');
  return job;
}

/** Trigger jobs cannot be read one by one. */
function findOneJob(call: ProjectCall): LabJob {
  const job = find(call);
  if (job.kind !== 'job') throw notFound('');
  return job;
}
