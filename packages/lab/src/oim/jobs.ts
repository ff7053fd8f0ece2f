import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal.ts';
import { buildStageNames, newStage, oimStageNames, type LabStage } from './stages.ts';

export type LabJobState = 'CREATED' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

export interface LabOimJob {
  readonly id: string;
  /** Undefined: made by the lab itself, and everybody's. */
  readonly clientId: string | undefined;
  readonly correlationId: string;
  readonly createdAt: Date;
  state: LabJobState;
  readonly stages: readonly LabStage[];
  readonly files: Map<string, string>;
  /** Lines by stage and attempt: `deploy/1`. */
  readonly logs: Map<string, string[]>;
}

interface Creation {
  readonly body: string;
  readonly job: LabOimJob;
}

/** The jobs, and which request made which. */
export class OimJobs {
  readonly #jobs = new Map<string, LabOimJob>();
  readonly #creations = new Map<string, Creation>();

  /** The same key gives the same job again. `body` tells whether it is the same request. @throws Refusal */
  create(
    clientId: string,
    key: string,
    body: string,
    now: Date,
  ): { readonly job: LabOimJob; readonly isReplay: boolean } {
    const known = this.#creations.get(`${clientId} ${key}`);
    if (known === undefined) {
      const job = this.add(clientId, now);
      this.#creations.set(`${clientId} ${key}`, { body, job });
      return { job, isReplay: false };
    }
    if (known.body === body) return { job: known.job, isReplay: true };
    throw new Refusal(409, 'IDEMPOTENCY_CONFLICT', 'The idempotency key was used for another request');
  }

  add(clientId: string | undefined, now: Date, id: string = randomUUID()): LabOimJob {
    const job: LabOimJob = {
      id,
      clientId,
      correlationId: randomUUID(),
      createdAt: now,
      state: 'CREATED',
      stages: [...buildStageNames, ...oimStageNames].map(newStage),
      files: new Map(),
      logs: new Map(),
    };
    this.#jobs.set(id, job);
    return job;
  }

  /** @throws Refusal also for the job of another client */
  get(id: string, clientId: string | undefined): LabOimJob {
    if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
      throw new Refusal(400, 'INVALID_JOB_ID', `Invalid job_id format: ${id}`);
    }
    const job = this.#jobs.get(id.toLowerCase());
    const isOurs = job?.clientId === undefined || clientId === undefined || job.clientId === clientId;
    if (job === undefined || !isOurs) throw new Refusal(404, 'JOB_NOT_FOUND', `Job not found: ${id}`);
    return job;
  }
}

export function stageOf(job: LabOimJob, name: string): LabStage {
  const stage = job.stages.find((one) => one.name === name);
  if (stage === undefined) throw new Refusal(404, 'STAGE_NOT_FOUND', `Stage not found: ${name}`);
  return stage;
}
