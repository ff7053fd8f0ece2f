import type { LabPipeline } from '../ci/state.ts';
import { ApiError, demand, json, notFound, page, type ApiAnswer, type ProjectCall } from './exchange.ts';
import { basicPipeline, fullPipeline, jobShape, triesOf } from './shapes.ts';

const emptyPipeline =
  'The resulting pipeline would have been empty. Review the rules configuration for the relevant jobs.';

/** `GET /pipelines`: children only on request. */
export function listPipelines(call: ProjectCall): ApiAnswer {
  const { query, project } = call;
  const source = query.get('source');
  const after = query.get('created_after');
  const updated = query.get('updated_after');
  const matches = (pipeline: LabPipeline) =>
    (source === null ? pipeline.source !== 'parent_pipeline' : pipeline.source === source) &&
    isOneOf(query.get('ref'), pipeline.ref) &&
    isOneOf(query.get('sha'), pipeline.sha) &&
    isOneOf(query.get('status'), pipeline.status) &&
    isOneOf(query.get('username'), pipeline.username) &&
    (after === null || pipeline.created > new Date(after)) &&
    (updated === null || pipeline.updated > new Date(updated));
  const all = project.pipelines.all.filter(matches);
  const sorted = query.get('sort') === 'asc' ? all : all.reverse();
  return page(sorted, call, `/api/v4/projects/${String(project.id)}/pipelines`, (one) => basicPipeline(one, call));
}

function isOneOf(wanted: string | null, value: string): boolean {
  return wanted === null || wanted === value;
}

export function showPipeline(call: ProjectCall): ApiAnswer {
  return json(fullPipeline(find(call), call));
}

export function latestPipeline(call: ProjectCall): ApiAnswer {
  const ref = call.query.get('ref') ?? call.project.defaultBranch;
  const found = call.project.pipelines.all.findLast((one) => one.ref === ref && one.source !== 'parent_pipeline');
  if (found === undefined) throw new ApiError(403, { message: '403 Forbidden' });
  return json(fullPipeline(found, call));
}

/** `POST /pipeline`. */
export async function createPipeline(call: ProjectCall): Promise<ApiAnswer> {
  const { project, body, token } = call;
  const ref = demand(body, 'ref');
  const sha = await project.repository.resolve(ref);
  if (sha === undefined) throw new ApiError(400, { message: { base: ['Reference not found'] } });
  const variables = readVariables(body['variables']);
  const made = project.start({ source: 'api', ref, sha, variables, changedPaths: [], username: token.username });
  if (made === undefined) throw new ApiError(400, { message: { base: [emptyPipeline] } });
  return json(fullPipeline(made, call), 201);
}

/** `[{key, value}]`; @throws ApiError 400 */
export function readVariables(given: unknown): ReadonlyMap<string, string> {
  if (given === undefined) return new Map();
  if (!Array.isArray(given)) throw new ApiError(400, { error: 'variables is invalid' });
  return new Map(
    given.map((item: unknown): [string, string] => {
      const { key, value } = item as { key?: unknown; value?: unknown };
      if (typeof key !== 'string' || typeof value !== 'string')
        throw new ApiError(400, { error: 'variables is invalid' });
      return [key, value];
    }),
  );
}

export function retryPipeline(call: ProjectCall): ApiAnswer {
  const pipeline = find(call);
  call.project.pipelines.retryPipeline(pipeline, call.token.username);
  return json(fullPipeline(pipeline, call), 201);
}

export async function pipelineJobs(call: ProjectCall): Promise<ApiAnswer> {
  return jobsOf(call, 'job', 'jobs');
}

export async function pipelineBridges(call: ProjectCall, name: 'bridges' | 'trigger_jobs'): Promise<ApiAnswer> {
  return jobsOf(call, 'bridge', name);
}

async function jobsOf(call: ProjectCall, kind: 'job' | 'bridge', name: string): Promise<ApiAnswer> {
  const pipeline = find(call);
  const scopes = call.query.getAll('scope[]');
  const tries = triesOf(pipeline, call.query.get('include_retried') === 'true')
    .filter((job) => job.kind === kind && (scopes.length === 0 || scopes.includes(job.status)))
    .sort((a, b) => b.id - a.id);
  const [commit] = await call.project.repository.log(pipeline.sha, { count: 1 });
  const path = `/api/v4/projects/${String(call.project.id)}/pipelines/${String(pipeline.id)}/${name}`;
  return page(tries, call, path, (job) => jobShape(job, call, commit));
}

export function pipelineVariables(call: ProjectCall): ApiAnswer {
  const list = [...find(call).variables].map(([key, value]) => ({ key, value, variable_type: 'env_var', raw: false }));
  return json(list);
}

function find({ project, params }: ProjectCall): LabPipeline {
  const found = project.pipelines.all.find(({ id }) => id === Number(params[1]));
  if (found === undefined) throw notFound('');
  return found;
}
