import { CiRefusal, Pipelines } from './ci/pipelines.ts';
import { Runner } from './ci/runner.ts';
import type { PipelineEvent, Router } from './ci/definition.ts';
import type { JobHandler } from './ci/handler.ts';
import type { LabBridge, LabJob, LabPipeline } from './ci/state.ts';
import type { Author, BareRepository, FileAction } from './git/repository.ts';
import type { LabClock } from './labClock.ts';

/** A comment on a merge request. The lab has no merge requests: every number is accepted as one. */
export interface LabNote {
  readonly id: number;
  readonly iid: number;
  /** User name. */
  readonly author: string;
  body: string;
}

export interface ProjectOptions {
  readonly id: number;
  /** `root/omnia`. */
  readonly path: string;
  readonly defaultBranch: string;
  readonly repository: BareRepository;
  readonly router: Router;
  readonly handler: JobHandler;
  readonly clock: LabClock;
  readonly signal: AbortSignal;
}

export interface ProjectCommit {
  readonly branch: string;
  readonly message: string;
  readonly author: Author;
  readonly actions: readonly FileAction[];
  /** Runs under the lock, before anything is written. @throws what refuses the commit */
  readonly check?: () => Promise<void>;
}

const projectToken: Author = { name: 'project token', email: 'project@lab.invalid' };

/** One project: its repository, and the pipelines that its commits start. */
export class LabProject {
  readonly id: number;
  readonly path: string;
  readonly defaultBranch: string;
  readonly repository: BareRepository;
  readonly pipelines: Pipelines;
  /** Notes of all merge requests, oldest first. */
  readonly notes: LabNote[] = [];
  readonly clock: LabClock;
  readonly #runner: Runner;
  readonly #router: Router;
  /** Writes to the repository, one after the other. */
  #lock: Promise<unknown> = Promise.resolve();

  constructor({ id, path, defaultBranch, repository, router, handler, clock, signal }: ProjectOptions) {
    this.id = id;
    this.path = path;
    this.defaultBranch = defaultBranch;
    this.repository = repository;
    this.clock = clock;
    this.#router = router;
    this.#runner = new Runner({
      handler,
      repository,
      clock,
      signal,
      defaultBranch,
      begin: (job) => {
        this.pipelines.begin(job);
      },
      end: (job, { status, artifacts }) => {
        this.pipelines.end(job, status, artifacts);
      },
      commit: async (change) => {
        await this.commit({ ...change, author: projectToken });
      },
    });
    this.pipelines = new Pipelines(
      clock,
      (job) => {
        this.#runner.start(job);
      },
      1000,
    );
  }

  /** Resolves when everything committed and pushed so far has been processed and no job is running. */
  async idle(): Promise<void> {
    await this.#lock;
    await this.#runner.idle();
  }

  /** Runs what writes to the repository, one after the other. */
  async locked<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#lock;
    const mine = before.then(work);
    this.#lock = mine.catch(() => undefined);
    return mine;
  }

  /** Commits, and starts the pipeline that the router derives from the commit. Resolves to the commit's ID. */
  async commit({ check, ...request }: ProjectCommit): Promise<string> {
    return this.locked(async () => {
      await check?.();
      const before = await this.repository.resolve(request.branch);
      const id = await this.repository.commit({ ...request, date: this.clock.now() });
      if (id === undefined) throw new CiRefusal(400, 'The branch was changed in the meantime. Please try again.');
      await this.pushed(request.branch, before, id);
      return id;
    });
  }

  /** Starts the pipeline for a branch that has moved. */
  async pushed(branch: string, from: string | undefined, to: string): Promise<void> {
    const changedPaths = await this.repository.changedPaths(from, to);
    const [commit] = await this.repository.log(to, { count: 1 });
    // As in GitLab: [skip ci] in the message starts no pipeline.
    if (/\[(skip ci|ci skip)\]/i.test(commit?.message ?? '')) return;
    this.start({ source: 'push', ref: branch, sha: to, variables: new Map(), changedPaths, username: 'root' });
  }

  /** Starts the pipeline that the rules define. Undefined if they define none. */
  start(event: PipelineEvent): LabPipeline | undefined {
    const definition = this.#router(event);
    if (definition === undefined) return undefined;
    const { source, ref, sha, username, variables } = event;
    return this.pipelines.create({ definition, source, ref, sha, username, variables });
  }

  findJob(id: number): LabJob | LabBridge | undefined {
    return this.pipelines.all.flatMap(({ jobs }) => jobs).find((job) => job.id === id);
  }
}
