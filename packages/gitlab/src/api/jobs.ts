import { Jobs } from '@gitbeaker/rest';
import { isGitLabError } from '../errors/gitlabError.ts';
import { errorFromNetwork } from '../errors/fromNetwork.ts';
import type { CallOptions } from '../http/requester.ts';
import type { Session } from '../http/session.ts';
import type { WireAnswer } from '../http/transport.ts';
import { readBridge, readJob, type Bridge, type Job } from '../model/job.ts';
import { listOf, objectOf } from '../model/value.ts';
import type { TraceBody } from '../trace/follow.ts';
import { readAnswer, resourceOptions } from './context.ts';

/** GitLab's jobs API, without cancel; see docs/gitlab.md. @throws GitLabError from each method */
export class JobApi {
  readonly #session: Session;
  /** Whether this server has `/bridges`. Undefined until one of the names has worked. */
  #hasBridges: boolean | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** All tries of all jobs of one pipeline, without trigger jobs. */
  async listOfPipeline(projectId: number, pipelineId: number, call: CallOptions): Promise<Job[]> {
    const answer: unknown = await this.#resource(call).all(projectId, {
      pipelineId,
      includeRetried: true,
      perPage: 100,
    });
    const path = `/projects/${String(projectId)}/pipelines/${String(pipelineId)}/jobs`;
    return readAnswer({ method: 'GET', path }, answer, (value) => listOf(value, 'list of jobs', readJob));
  }

  /** The newest jobs of the project across all pipelines, including children: one request that shows every change. */
  async listOfProject(projectId: number, call: CallOptions): Promise<Job[]> {
    const answer: unknown = await this.#resource(call).all(projectId, { page: 1, perPage: 100 });
    const path = `/projects/${String(projectId)}/jobs`;
    return readAnswer({ method: 'GET', path }, answer, (value) => listOf(value, 'list of jobs', readJob));
  }

  /** The trigger jobs of one pipeline. Tries `/bridges`, and `/trigger_jobs`, which replaces it from GitLab 19.2 on. */
  async bridges(projectId: number, pipelineId: number, call: CallOptions): Promise<Bridge[]> {
    const base = `projects/${String(projectId)}/pipelines/${String(pipelineId)}`;
    const searchParams = { perPage: 100 };
    const { requester } = this.#resource(call);
    const load = async (name: 'bridges' | 'trigger_jobs') => {
      const { body } = await requester.get(`${base}/${name}`, { searchParams });
      this.#hasBridges = name === 'bridges';
      const request = { method: 'GET', path: `/${base}/${name}` } as const;
      return readAnswer(request, body, (value) => listOf(value, 'list of trigger jobs', readBridge));
    };
    if (this.#hasBridges === false) return load('trigger_jobs');
    try {
      return await load('bridges');
    } catch (error) {
      // The pipeline itself may be gone; then the other name fails too.
      if (this.#hasBridges === true || !isGitLabError(error, 'not-found')) throw error;
      return load('trigger_jobs');
    }
  }

  async show(projectId: number, jobId: number, call: CallOptions): Promise<Job> {
    const answer: unknown = await this.#resource(call).show(projectId, jobId);
    return readAnswer({ method: 'GET', path: pathOf(projectId, jobId) }, answer, readJob);
  }

  /** Presses Play on a manual job or trigger job. Sent once. */
  async play(
    projectId: number,
    jobId: number,
    variables: Readonly<Record<string, string>>,
    call: CallOptions,
  ): Promise<Job | Bridge> {
    const list = Object.entries(variables).map(([key, value]) => ({ key, value }));
    const answer: unknown = await this.#resource(call).play(
      projectId,
      jobId,
      list.length === 0 ? undefined : { jobVariablesAttributes: list },
    );
    return readAnswer({ method: 'POST', path: `${pathOf(projectId, jobId)}/play` }, answer, readEither);
  }

  /** Runs a trigger job again, which creates a new child pipeline; the old one remains. Sent once. */
  async retryBridge(projectId: number, bridgeId: number, call: CallOptions): Promise<Bridge> {
    const answer: unknown = await this.#resource(call).retry(projectId, bridgeId);
    return readAnswer({ method: 'POST', path: `${pathOf(projectId, bridgeId)}/retry` }, answer, readBridge);
  }

  /** Runs one job again as a new job. Not for trigger jobs. Sent once. */
  async retry(projectId: number, jobId: number, call: CallOptions): Promise<Job> {
    const answer: unknown = await this.#resource(call).retry(projectId, jobId);
    return readAnswer({ method: 'POST', path: `${pathOf(projectId, jobId)}/retry` }, answer, readJob);
  }

  /** The log as a stream, from the start; empty if there is none yet. */
  async trace(projectId: number, jobId: number, call: CallOptions): Promise<TraceBody> {
    const answer = await this.#resource(call).showLog(projectId, jobId, {
      asStream: true,
      showExpanded: true,
    } as object);
    const { data, headers } = answer as unknown as { data: WireAnswer['body']; headers: WireAnswer['headers'] };
    const length = headers['content-length'];
    const request = { method: 'GET', path: `${pathOf(projectId, jobId)}/trace` };
    return {
      lengthBytes: length === undefined ? undefined : Number(length),
      chunks: piecesOf(data, request),
      discard: () => {
        data.discard();
      },
    };
  }

  #resource(call: CallOptions): Jobs {
    return new Jobs<false>(resourceOptions(this.#session, call));
  }
}

async function* piecesOf(
  data: WireAnswer['body'],
  request: { method: string; path: string },
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of data) yield chunk;
  } catch (error) {
    throw errorFromNetwork(error, request);
  }
}

function readEither(value: unknown): Job | Bridge {
  return 'downstream_pipeline' in objectOf(value, 'job') ? readBridge(value) : readJob(value);
}

function pathOf(projectId: number, jobId: number): string {
  return `/projects/${String(projectId)}/jobs/${String(jobId)}`;
}
