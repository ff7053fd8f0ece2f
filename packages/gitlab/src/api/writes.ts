import { greatest } from '@omnia-buildstream/core/text/lists';
import type { CallOptions } from '../http/requester.ts';
import type { Bridge, Job } from '../model/job.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { GitLabClient } from './client.ts';
import type { NewPipeline } from './pipelines.ts';
import { sendOnce, type Outcome } from './outcome.ts';

/**
 * Options of a write and of the check that follows it. Reads use `reading`, so that the check is possible after the
 * write's own signal has aborted.
 */
export interface WriteCalls {
  readonly writing: CallOptions;
  readonly reading: CallOptions;
}

type Client = Pick<GitLabClient, 'pipelines' | 'jobs' | 'identity'>;

/** Starts a pipeline. If the response is lost, looks for a new one of this user on this ref. @throws GitLabError */
export async function startPipeline(
  client: Client,
  { projectId, pipeline }: { projectId: number; pipeline: NewPipeline },
  { writing, reading }: WriteCalls,
): Promise<Outcome<Pipeline>> {
  const filter = { ref: pipeline.ref, source: 'api', perPage: 20 };
  const [before, user] = await Promise.all([
    client.pipelines.list(projectId, { ...filter, perPage: 1 }, reading),
    client.identity.user(reading),
  ]);
  const newestBefore = before.pipelines[0]?.id ?? 0;
  return sendOnce(
    () => client.pipelines.create(projectId, pipeline, writing),
    async () => {
      const mine = { ...filter, username: user.username };
      const { pipelines } = await client.pipelines.list(projectId, mine, reading);
      return pipelines.filter(({ id }) => id > newestBefore).at(-1);
    },
  );
}

/** Presses Play. If the response is lost, checks whether the job is still manual. @throws GitLabError */
export async function playJob(
  client: Client,
  {
    projectId,
    job,
    variables = {},
  }: { projectId: number; job: Job | Bridge; variables?: Readonly<Record<string, string>> },
  { writing, reading }: WriteCalls,
): Promise<Outcome<Job | Bridge>> {
  return sendOnce(
    () => client.jobs.play(projectId, job.id, variables, writing),
    async () => {
      const now = await refresh(client, { projectId, job }, reading);
      return now === undefined || now.status === 'manual' ? undefined : now;
    },
  );
}

/** `/jobs/:id` does not find trigger jobs; only the list of their pipeline has them. */
async function refresh(
  client: Client,
  { projectId, job }: { projectId: number; job: Job | Bridge },
  reading: CallOptions,
): Promise<Job | Bridge | undefined> {
  if (job.kind === 'job' || job.pipelineId === undefined) return client.jobs.show(projectId, job.id, reading);
  return (await client.jobs.bridges(projectId, job.pipelineId, reading)).find(({ id }) => id === job.id);
}

/** Retries a pipeline's failed jobs. If the response is lost, looks for newer jobs in it. @throws GitLabError */
export async function retryPipeline(
  client: Client,
  { projectId, pipelineId }: { projectId: number; pipelineId: number },
  { writing, reading }: WriteCalls,
): Promise<Outcome<Pipeline>> {
  const newestBefore = newestId(await client.jobs.listOfPipeline(projectId, pipelineId, reading));
  return sendOnce(
    () => client.pipelines.retry(projectId, pipelineId, writing),
    async () => {
      const newest = newestId(await client.jobs.listOfPipeline(projectId, pipelineId, reading));
      return newest > newestBefore ? client.pipelines.show(projectId, pipelineId, reading) : undefined;
    },
  );
}

/** Retries one job. If the response is lost, looks for a newer try with the same name. @throws GitLabError */
export async function retryJob(
  client: Client,
  { projectId, job }: { projectId: number; job: Job },
  { writing, reading }: WriteCalls,
): Promise<Outcome<Job>> {
  return sendOnce(
    () => client.jobs.retry(projectId, job.id, writing),
    async () => {
      if (job.pipelineId === undefined) return undefined;
      const jobs = await client.jobs.listOfPipeline(projectId, job.pipelineId, reading);
      return jobs.find(({ name, id }) => name === job.name && id > job.id);
    },
  );
}

/**
 * Recreates a child pipeline by running its trigger job again. If the response is lost, looks for a newer try with the
 * same name. @throws GitLabError
 */
export async function retryBridge(
  client: Client,
  { projectId, bridge }: { projectId: number; bridge: Bridge },
  { writing, reading }: WriteCalls,
): Promise<Outcome<Bridge>> {
  return sendOnce(
    () => client.jobs.retryBridge(projectId, bridge.id, writing),
    async () => {
      if (bridge.pipelineId === undefined) return undefined;
      const bridges = await client.jobs.bridges(projectId, bridge.pipelineId, reading);
      return bridges.find(({ name, id }) => name === bridge.name && id > bridge.id);
    },
  );
}

function newestId(jobs: readonly Job[]): number {
  return greatest(
    jobs.map(({ id }) => id),
    0,
  );
}
