import type { LabClock } from '../labClock.ts';
import { composeStatus } from './compose.ts';
import type { PipelineDefinition } from './definition.ts';
import type { JobArtifacts } from './handler.ts';
import { newTry } from './newTry.ts';
import { isOver, latest, type LabBridge, type LabJob, type LabPipeline } from './state.ts';

export interface NewPipeline {
  readonly definition: PipelineDefinition;
  readonly source: LabPipeline['source'];
  readonly ref: string;
  readonly sha: string;
  readonly username: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly parent?: LabBridge;
}

/** A refusal by GitLab's rules; `status` and `message` are the response of its API. */
export class CiRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The pipelines of a project and their progress. `start` starts the work on a job. */
export class Pipelines {
  readonly all: LabPipeline[] = [];
  readonly #clock: LabClock;
  readonly #start: (job: LabJob) => void;
  #lastId: number;

  constructor(clock: LabClock, start: (job: LabJob) => void, firstId: number) {
    this.#clock = clock;
    this.#start = start;
    this.#lastId = firstId;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  create({ definition, parent, ...rest }: NewPipeline): LabPipeline {
    const now = this.#clock.now();
    const pipeline: LabPipeline = {
      ...rest,
      id: this.#nextId(),
      iid: this.all.length + 1,
      definition,
      parent,
      jobs: [],
      status: 'created',
      hasWarnings: false,
      created: now,
      updated: now,
      started: undefined,
      finished: undefined,
    };
    const inOrder = definition.stages.flatMap((stage) => definition.jobs.filter((job) => job.stage === stage));
    for (const job of inOrder) this.#add(pipeline, job, { attempt: 1, username: rest.username });
    this.all.push(pipeline);
    this.process(pipeline);
    return pipeline;
  }

  #add(
    pipeline: LabPipeline,
    definition: PipelineDefinition['jobs'][number],
    { attempt, username }: { attempt: number; username: string },
  ): LabJob | LabBridge {
    const job = newTry({ id: this.#nextId(), pipeline, created: this.#clock.now(), username }, definition, attempt);
    pipeline.jobs.push(job);
    return job;
  }

  /** Advances every job whose turn has come. Source: GitLab's `Ci::PipelineProcessing::AtomicProcessingService`. */
  process(pipeline: LabPipeline): void {
    pipeline.definition.stages.forEach((stage, index) => {
      const before = new Set(pipeline.definition.stages.slice(0, index));
      const earlier = latest(pipeline).filter(({ definition }) => before.has(definition.stage));
      const { status } = earlier.length === 0 ? { status: 'success' as const } : composeStatus(earlier);
      if (!isOver(status)) return;
      for (const job of latest(pipeline)) {
        if (job.definition.stage !== stage || job.status !== 'created') continue;
        const isWanted = job.definition.when === 'always' || status !== 'failed';
        if (!isWanted) this.#finish(job, 'skipped');
        else if (job.definition.when === 'manual') job.status = 'manual';
        else this.#enqueue(job);
      }
    });
    this.#update(pipeline);
  }

  #enqueue(job: LabJob | LabBridge): void {
    job.status = 'pending';
    const missing = (job.definition.dependencies ?? []).some((name) => this.#isGone(job, name));
    if (missing) {
      job.failureReason = 'missing_dependency_failure';
      this.#finish(job, 'failed');
    } else if (job.kind === 'job') this.#start(job);
    else this.#trigger(job);
  }

  #isGone({ pipeline }: LabJob | LabBridge, name: string): boolean {
    const source = latest(pipeline).find(({ definition }) => definition.name === name);
    return (
      source?.kind === 'job' && source.artifactsExpire !== undefined && source.artifactsExpire <= this.#clock.now()
    );
  }

  #trigger(bridge: LabBridge): void {
    const { pipeline, definition } = bridge;
    const child = definition.child((name) => artifactsOf(pipeline, name));
    bridge.status = 'running';
    bridge.started = this.#clock.now();
    if (child === undefined || child.jobs.length === 0) {
      bridge.failureReason = 'downstream_pipeline_creation_failed';
      this.#finish(bridge, 'failed');
      return;
    }
    const { ref, sha, username } = pipeline;
    // A child gets no pipeline variables unless the YAML forwards them.
    const made = this.create({
      definition: child,
      source: 'parent_pipeline',
      ref,
      sha,
      username,
      variables: new Map(),
      parent: bridge,
    });
    bridge.child = made;
    this.#tellParent(made);
  }

  /** A runner has taken the job. */
  begin(job: LabJob): void {
    job.status = 'running';
    job.started = this.#clock.now();
    this.#update(job.pipeline);
  }

  /** A runner has finished the job. */
  end(job: LabJob, status: 'success' | 'failed', artifacts: JobArtifacts | undefined): void {
    job.artifacts = artifacts;
    if (artifacts?.keptMs !== undefined) {
      job.artifactsExpire = new Date(this.#clock.now().getTime() + artifacts.keptMs);
    }
    if (status === 'failed') job.failureReason = 'script_failure';
    this.#finish(job, status);
    this.process(job.pipeline);
  }

  #finish(job: LabJob | LabBridge, status: 'success' | 'failed' | 'skipped'): void {
    job.status = status;
    if (status !== 'skipped') job.finished = this.#clock.now();
  }

  #update(pipeline: LabPipeline): void {
    const { status, hasWarnings } = composeStatus(latest(pipeline));
    const now = this.#clock.now();
    pipeline.hasWarnings = hasWarnings;
    if (status === pipeline.status) return;
    pipeline.status = status;
    pipeline.updated = now;
    if (status === 'running') pipeline.started ??= now;
    pipeline.finished = isOver(status) ? now : undefined;
    this.#tellParent(pipeline);
  }

  /** `strategy: depend`: the bridge runs until the child is over, then gets its result; skipped counts as failed. */
  #tellParent({ parent, status }: LabPipeline): void {
    if (parent?.child === undefined) return;
    const now = isOver(status) ? (status === 'success' ? 'success' : 'failed') : 'running';
    if (parent.status === now) return;
    if (now === 'running') {
      parent.status = 'running';
      parent.finished = undefined;
    } else this.#finish(parent, now);
    this.process(parent.pipeline);
  }

  play(
    job: LabJob | LabBridge,
    { username, variables }: { username: string; variables: ReadonlyMap<string, string> },
  ): void {
    if (job.status !== 'manual') throw new CiRefusal(400, '400 Bad request - Unplayable Job');
    job.username = username;
    if (job.kind === 'job') job.variables = variables;
    this.#reviveSkipped(job.pipeline);
    this.#enqueue(job);
    this.process(job.pipeline);
  }

  /** Starts a new try of a job or trigger job; the old one remains. */
  retry(job: LabJob | LabBridge, username: string): LabJob | LabBridge {
    if (job.isRetried || (job.status !== 'success' && job.status !== 'failed')) {
      throw new CiRefusal(403, '403 Forbidden - Job is not retryable');
    }
    job.isRetried = true;
    const attempt = job.kind === 'job' ? job.attempt + 1 : 1;
    const fresh = this.#add(job.pipeline, job.definition, { attempt, username });
    this.#reviveSkipped(job.pipeline);
    this.#enqueue(fresh);
    this.process(job.pipeline);
    return fresh;
  }

  /** Clones the failed jobs, and revives the skipped ones. Source: GitLab's `Ci::RetryPipelineService`. */
  retryPipeline(pipeline: LabPipeline, username: string): void {
    const failed = latest(pipeline).filter((job) => job.status === 'failed' && job.kind === 'job');
    const fresh = failed.map((job) => {
      job.isRetried = true;
      const attempt = job.kind === 'job' ? job.attempt + 1 : 1;
      return this.#add(pipeline, job.definition, { attempt, username });
    });
    this.#reviveSkipped(pipeline);
    for (const bridge of latest(pipeline)) {
      // Bridges that have a child continue with it.
      if (bridge.kind === 'bridge' && bridge.status === 'failed' && bridge.child === undefined)
        this.retry(bridge, username);
    }
    // A manual job that was started once runs again; the others wait for the stages before them.
    for (const job of fresh) if (job.definition.when === 'manual') this.#enqueue(job);
    this.process(pipeline);
  }

  #reviveSkipped(pipeline: LabPipeline): void {
    for (const job of latest(pipeline)) if (job.status === 'skipped') job.status = 'created';
  }
}

/** The artifacts of a job of this pipeline. */
export function artifactsOf(pipeline: LabPipeline, name: string): JobArtifacts | undefined {
  const job = latest(pipeline).find(({ definition }) => definition.name === name);
  return job?.kind === 'job' ? job.artifacts : undefined;
}
