import { textField } from '@omnia-buildstream/core/text/jsonFields';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { HttpAnswer, HttpClient, HttpRequest } from '@omnia-buildstream/http/client/httpClient';
import { FormData } from 'undici';
import { errorTexts } from '../errors/texts.ts';
import { readImagePage } from '../model/imageGroups.ts';
import { readJob, type OimJob } from '../model/job.ts';
import { readNodeResults, resultArtifacts, type NodeResults } from '../model/nodeResults.ts';
import { objectIn } from '../model/read.ts';
import { readGreeting, readOpenApi, type ServerIdentity } from '../model/server.ts';
import { readUpload, type UploadSummary } from '../model/upload.ts';
import { OimError } from '../oimError.ts';
import { repeat, type Waiting } from './backOff.ts';
import type { OimCredential } from './credential.ts';
import { demandGroupId, demandJobId } from './ids.ts';
import { Sender } from './sender.ts';
import { Tokens } from './tokens.ts';

const pageSize = 100;
/** Limits how many pages are read: a faulty server could announce further pages forever. */
const mostPages = 200;

export interface UploadFile {
  /** File name without a folder: Omnia identifies the file by it. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** The Molecule tests that the deploy pipeline requests (omnia.md section 6). */
export interface ValidateRequest {
  readonly scenarioNames: readonly string[];
  readonly testSuite: string;
  readonly timeoutMinutes: number;
}

export type StageRequest =
  | { readonly stage: 'deploy'; readonly imageGroupId: string }
  | { readonly stage: 'restart' }
  | ({ readonly stage: 'validate' } & ValidateRequest);

/**
 * The BuildStreaM REST API for one client (omnia.md section 7). Reads are repeated with growing delays; requests that
 * change something are sent once.
 * @throws OimError from each method, or the signal's reason
 */
export class OimClient {
  readonly #http: HttpClient;
  readonly #sender: Sender;
  readonly #tokens: Tokens;
  readonly #credential: OimCredential;
  readonly #closing = new AbortController();

  constructor(http: HttpClient, credential: OimCredential, waiting: Waiting) {
    this.#http = http;
    this.#credential = credential;
    this.#sender = new Sender(http, waiting);
    this.#tokens = new Tokens(this.#sender, credential, this.#closing.signal);
  }

  /** Does not sign in. Resolves to the state that the API reports, such as `healthy`. */
  async health(signal: AbortSignal): Promise<string> {
    const { text } = await this.#repeated(signal, () => this.#sender.send({ method: 'GET', path: '/health' }, signal));
    return textField(objectIn(text, 'GET /health'), 'status') ?? 'unknown';
  }

  /**
   * How the server identifies itself, without signing in: by its OpenAPI description, or else by its greeting.
   * Undefined if it provides neither, for example behind a proxy that forwards only some paths.
   */
  async identity(signal: AbortSignal): Promise<ServerIdentity | undefined> {
    const description = await this.#unlessRefused(() =>
      this.#sender.send({ method: 'GET', path: '/openapi.json' }, signal),
    );
    const identity = description === undefined ? undefined : readOpenApi(description.text);
    if (identity !== undefined) return identity;
    const greeting = await this.#unlessRefused(() => this.#sender.send({ method: 'GET', path: '/' }, signal));
    return greeting === undefined ? undefined : readGreeting(greeting.text);
  }

  /** The result of the last restart for each node. Undefined if the API has no such results or fails to return them. */
  async nodeResults(jobId: string, signal: AbortSignal): Promise<NodeResults | undefined> {
    demandJobId(jobId);
    for (const label of resultArtifacts) {
      const path = `/api/v1/jobs/${encodeURIComponent(jobId)}/artifacts/${label}`;
      const answer = await this.#unlessRefused(() => this.#send({ method: 'GET', path }, signal));
      const results = answer === undefined ? undefined : readNodeResults(answer.text, jobId);
      if (results !== undefined) return results;
    }
    return undefined;
  }

  /** The same key returns the same job, so after a lost response the request is simply repeated. */
  async createJob(idempotencyKey: string, signal: AbortSignal): Promise<OimJob> {
    const { text } = await this.#repeated(signal, () =>
      this.#send(
        {
          method: 'POST',
          path: '/api/v1/jobs',
          headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
          body: JSON.stringify({ client_id: this.#credential.id }),
        },
        signal,
      ),
    );
    return readJob(text, 'POST /jobs');
  }

  async job(id: string, signal: AbortSignal): Promise<OimJob> {
    demandJobId(id);
    const path = `/api/v1/jobs/${encodeURIComponent(id)}`;
    return readJob((await this.#get(path, signal)).text, 'GET /jobs');
  }

  /** All pages, newest first. `BUILT` means "BUILT or later". */
  async images(status: string | undefined, signal: AbortSignal): Promise<readonly ImageGroup[]> {
    const groups = new Map<string, ImageGroup>();
    for (let offset = 0, pages = 0; pages < mostPages; pages++) {
      const query = new URLSearchParams({ limit: String(pageSize), offset: String(offset) });
      if (status !== undefined) query.set('status', status);
      const page = readImagePage((await this.#get(`/api/v1/images?${query.toString()}`, signal)).text);
      for (const group of page.groups) groups.set(group.id, group);
      offset += page.groups.length;
      const isLast =
        page.hasMore === false || (page.total === undefined ? page.groups.length < pageSize : offset >= page.total);
      if (page.groups.length === 0 || isLast) return [...groups.values()];
    }
    throw new OimError('unexpected-answer', [phrase(errorTexts.endless, { what: 'GET /images' })]);
  }

  async upload(jobId: string, files: readonly UploadFile[], signal: AbortSignal): Promise<UploadSummary> {
    demandJobId(jobId);
    const path = `/api/v1/jobs/${encodeURIComponent(jobId)}/upload`;
    const { text } = await this.#send(() => ({ method: 'PUT', path, body: formOf(files) }), signal);
    return readUpload(text);
  }

  /** Sends the request once. If `mayHaveBegun` returns true for the error, check the job: see orderStage. */
  async startStage(jobId: string, request: StageRequest, signal: AbortSignal): Promise<void> {
    demandJobId(jobId);
    if (request.stage === 'deploy') demandGroupId(request.imageGroupId);
    const path = `/api/v1/jobs/${encodeURIComponent(jobId)}/stages/${request.stage satisfies StageName}`;
    const headers = { 'content-type': 'application/json' };
    const { text } = await this.#send({ method: 'POST', path, headers, body: JSON.stringify(bodyOf(request)) }, signal);
    // A page from something in between, such as a proxy, does not count as acceptance.
    objectIn(text, `POST /stages/${request.stage}`);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#http.close();
  }

  /**
   * Sends a request for optional data, once. Undefined if the request fails, for example because the server lacks it.
   */
  async #unlessRefused(ask: () => Promise<HttpAnswer>): Promise<HttpAnswer | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof OimError) return undefined;
      throw error;
    }
  }

  async #get(path: string, signal: AbortSignal): Promise<HttpAnswer> {
    return this.#repeated(signal, () => this.#send({ method: 'GET', path }, signal));
  }

  async #repeated(signal: AbortSignal, work: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
    const mayRepeat = (error: unknown): boolean => OimError.is(error, 'not-reachable', 'server', 'unexpected-answer');
    return repeat(this.#sender.waiting, signal, { work, mayRepeat });
  }

  /** Adds a token. A request that gets a 401 was not carried out, so it is sent once more with a new token. */
  async #send(request: HttpRequest | (() => HttpRequest), signal: AbortSignal): Promise<HttpAnswer> {
    const send = (token: string): Promise<HttpAnswer> => {
      const made = typeof request === 'function' ? request() : request;
      return this.#sender.send({ ...made, headers: { ...made.headers, authorization: `Bearer ${token}` } }, signal);
    };
    const token = await this.#tokens.get(signal);
    try {
      return await send(token);
    } catch (error) {
      if (!OimError.is(error, 'signed-out')) throw error;
      this.#tokens.drop(token);
      return send(await this.#tokens.get(signal));
    }
  }
}

function formOf(files: readonly UploadFile[]): FormData {
  const form = new FormData();
  for (const { name, content } of files) form.append('files', new Blob([Buffer.from(content)]), name);
  return form;
}

function bodyOf(request: StageRequest): Readonly<Record<string, unknown>> {
  switch (request.stage) {
    case 'deploy':
      return { image_group_id: request.imageGroupId };
    case 'restart':
      return {};
    case 'validate':
      return {
        scenario_names: request.scenarioNames,
        test_suite: request.testSuite,
        timeout_minutes: request.timeoutMinutes,
      };
  }
}
