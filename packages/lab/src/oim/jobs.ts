import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal.ts';
import { newStage, type LabStage } from './stages.ts';

export type LabJobState = 'CREATED' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED' | 'CLEANED';

/** The public names of the job's states (omnia.md section 7). */
export const publicStates: Readonly<Record<LabJobState, string>> = {
  CREATED: 'PENDING',
  IN_PROGRESS: 'RUNNING',
  COMPLETED: 'SUCCEEDED',
  FAILED: 'FAILED',
  CLEANED: 'CLEANED',
};

export interface LabOimJob {
  readonly id: string;
  /** Undefined if the lab itself created it; it then belongs to all clients. */
  readonly clientId: string | undefined;
  readonly createdAt: Date;
  updatedAt: Date;
  state: LabJobState;
  /** When it was last in a state, as far as the API stores it: not for IN_PROGRESS. */
  readonly stateTimes: Map<Exclude<LabJobState, 'IN_PROGRESS'>, Date>;
  readonly stages: readonly LabStage[];
  readonly files: Map<string, string>;
  /** The first upload of each file. */
  readonly firstFiles: Map<string, string>;
  /** Log lines by stage and attempt: `deploy/1`. */
  readonly logs: Map<string, string[]>;
}

interface Creation {
  readonly content: string;
  readonly job: LabOimJob;
}

/** The jobs, and which request created which job. */
export class OimJobs {
  readonly #stages: readonly string[];
  readonly #jobs = new Map<string, LabOimJob>();
  readonly #creations = new Map<string, Creation>();

  /** @param stages names of the stages of every new job */
  constructor(stages: readonly string[]) {
    this.#stages = stages;
  }

  /**
   * Creates a job. The same key returns the same job, whichever client sends it; `content` shows whether it is the same
   * request.
   * @throws Refusal
   */
  create(
    clientId: string,
    key: string,
    content: string,
    now: Date,
  ): { readonly job: LabOimJob; readonly isReplay: boolean } {
    const known = this.#creations.get(key);
    if (known === undefined) {
      const job = this.add(clientId, now);
      this.#creations.set(key, { content, job });
      return { job, isReplay: false };
    }
    if (known.content === content) return { job: known.job, isReplay: true };
    const used = `Idempotency key ${key} already used for job ${known.job.id}`;
    throw new Refusal(409, 'IDEMPOTENCY_CONFLICT', `${used} with different request fingerprint`);
  }

  add(clientId: string | undefined, now: Date, id: string = randomUUID()): LabOimJob {
    const job: LabOimJob = {
      id,
      clientId,
      createdAt: now,
      updatedAt: now,
      state: 'CREATED',
      stateTimes: new Map([['CREATED', now]]),
      stages: this.#stages.map(newStage),
      files: new Map(),
      firstFiles: new Map(),
      logs: new Map(),
    };
    this.#jobs.set(id, job);
    return job;
  }

  /** Undefined if there is none. */
  find(id: string | undefined): LabOimJob | undefined {
    return id === undefined ? undefined : this.#jobs.get(id.toLowerCase());
  }

  /** @param clientId undefined for any owner @throws Refusal, also for the job of another client */
  get(id: string, clientId: string | undefined): LabOimJob {
    if (!isJobId(id)) throw new Refusal(400, 'INVALID_JOB_ID', `Invalid job_id format: ${id}`);
    const job = this.#jobs.get(id.toLowerCase());
    const isOurs = job?.clientId === undefined || clientId === undefined || job.clientId === clientId;
    if (job === undefined || !isOurs) throw new Refusal(404, 'JOB_NOT_FOUND', `Job not found: ${id}`);
    return job;
  }
}

export function isJobId(id: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}

export function moveJob(job: LabOimJob, state: LabJobState, now: Date): void {
  job.state = state;
  job.updatedAt = now;
  if (state !== 'IN_PROGRESS') job.stateTimes.set(state, now);
}

/** Undefined if the job has no such stage. */
export function findStage(job: LabOimJob, name: string): LabStage | undefined {
  return job.stages.find((one) => one.name === name);
}

/** A stage that every job has. */
export function stageOf(job: LabOimJob, name: 'deploy' | 'restart' | 'validate' | 'upload'): LabStage {
  const stage = findStage(job, name);
  if (stage === undefined) throw new Error(`a job without the stage ${name}`);
  return stage;
}
