import type { AfterPassed } from '@omnia-buildstream/core/lab/connection';
import type { LabClock } from '../gitlab/labClock.ts';
import { OimClients } from './clients.ts';
import { passages, type LabImageGroup } from './imageGroups.ts';
import { OimJobs, stageOf, type LabOimJob } from './jobs.ts';
import { Refusal } from './refusal.ts';
import { beginAttempt, buildStageNames, type LabStage, type OimStageName } from './stages.ts';
import { workOf, type StageOutcome, type StageWork } from './stageWork.ts';

const maxFileBytes = 5 * 1024 * 1024;

export interface LabOimSettings {
  readonly work: StageWork;
  readonly clock: LabClock;
  /** Who may register a client. */
  readonly user: string;
  readonly password: string;
  /** An hour by default, as Omnia's. */
  readonly tokenLifeMs?: number;
  /** What happens to a job whose tests have passed; by default it is refused, as the API was found to do. */
  readonly afterPassed?: AfterPassed;
}

export interface UploadedFile {
  readonly name: string;
  readonly status: 'CHANGED' | 'UNCHANGED';
  readonly sizeBytes: number;
}

export interface StartOptions {
  /** Deploy wants it. */
  readonly imageGroupId?: string;
  readonly clientId?: string;
  /** Hears the lines of the attempt's log as they come. */
  readonly onLine?: (line: string) => void;
}

interface Attempt {
  readonly job: LabOimJob;
  readonly stage: LabStage;
  readonly name: OimStageName;
  readonly group: LabImageGroup;
  readonly onLine: (line: string) => void;
}

/**
 * What stands behind the lab's BuildStreaM API: jobs, image groups and stages with their rules (omnia.md section 7).
 * Whoever is in the same process calls it without HTTP, and then without a client (`clientId` undefined).
 */
export class LabOim {
  readonly clients: OimClients;
  readonly jobs = new OimJobs();
  readonly #settings: LabOimSettings;
  readonly #groups = new Map<string, LabImageGroup>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();
  /** `deploy JOB` for every attempt that was begun. */
  readonly begun: string[] = [];

  constructor(settings: LabOimSettings) {
    this.#settings = settings;
    const { clock, user, password, tokenLifeMs = 3_600_000 } = settings;
    this.clients = new OimClients({ clock, user, password, tokenLifeMs });
  }

  get imageGroups(): readonly LabImageGroup[] {
    return [...this.#groups.values()].reverse();
  }

  /** An image group as a finished build leaves it, with its job. */
  addImageGroup(id: string, images: LabImageGroup['images'], jobId?: string): LabImageGroup {
    const now = this.#settings.clock.now();
    const job = this.jobs.add(undefined, now, jobId);
    for (const name of buildStageNames) Object.assign(stageOf(job, name), { state: 'COMPLETED', attempt: 1 });
    job.state = 'IN_PROGRESS';
    const group: LabImageGroup = { id, jobId: job.id, images, status: 'BUILT', createdAt: now, updatedAt: now };
    this.#groups.set(id, group);
    return group;
  }

  groupOf(jobId: string): LabImageGroup | undefined {
    return [...this.#groups.values()].find((group) => group.jobId === jobId);
  }

  /** @throws Refusal */
  upload(jobId: string, files: ReadonlyMap<string, string>, clientId?: string): readonly UploadedFile[] {
    const job = this.jobs.get(jobId, clientId);
    if (job.state === 'COMPLETED' && this.#settings.afterPassed !== 'taken-up') {
      throw new Refusal(409, 'JOB_IN_TERMINAL_STATE', 'The job is finished; it takes no more files');
    }
    for (const [name, text] of files) {
      if (!/^[\w.-]+$/.test(name)) throw new Refusal(400, 'INVALID_FILENAME', `Invalid filename: ${name}`);
      if (Buffer.byteLength(text) > maxFileBytes) {
        throw new Refusal(400, 'FILE_SIZE_EXCEEDED', `${name} exceeds ${String(maxFileBytes)} bytes`);
      }
    }
    return [...files].map(([name, text]) => {
      const status = job.files.get(name) === text ? 'UNCHANGED' : 'CHANGED';
      job.files.set(name, text);
      return { name, status, sizeBytes: Buffer.byteLength(text) };
    });
  }

  /** Begins an attempt, which goes on by itself. @throws Refusal */
  startStage(
    jobId: string,
    name: OimStageName,
    { imageGroupId, clientId, onLine = () => undefined }: StartOptions = {},
  ): { readonly job: LabOimJob; readonly stage: LabStage } {
    const job = this.jobs.get(jobId, clientId);
    const group = this.#groupFor(job, name, imageGroupId);
    const stage = stageOf(job, name);
    this.#demandOrder(job, stage, name, group);
    const now = this.#settings.clock.now();
    beginAttempt(stage, now, `/opt/omnia/log/build_stream/${job.id}/${name}_${String(stage.attempt + 1)}.log`);
    job.state = 'IN_PROGRESS';
    this.#mark(group, passages[name].during);
    this.begun.push(`${name} ${job.id}`);
    this.#running.set(`${job.id} ${name}`, this.#carryOut({ job, stage, name, group, onLine }));
    return { job, stage };
  }

  /** Resolves when the attempt that is under way has ended; at once when none is. */
  async waitFor(jobId: string, name: OimStageName): Promise<LabStage> {
    const job = this.jobs.get(jobId, undefined);
    await this.#running.get(`${job.id} ${name}`);
    return stageOf(job, name);
  }

  log(jobId: string, name: OimStageName, attempt: number): readonly string[] {
    return this.jobs.get(jobId, undefined).logs.get(`${name}/${String(attempt)}`) ?? [];
  }

  /** Ends what is under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running.values());
  }

  #groupFor(job: LabOimJob, name: OimStageName, id: string | undefined): LabImageGroup {
    if (name !== 'deploy') {
      const group = this.groupOf(job.id);
      if (group === undefined) throw new Refusal(412, 'PRECONDITION_FAILED', 'The job has no image group');
      return group;
    }
    if (id === undefined || id === '' || id.length > 128) {
      throw new Refusal(400, 'INVALID_IMAGE_GROUP_ID', 'image_group_id must have 1 to 128 characters');
    }
    const group = this.#groups.get(id);
    if (group === undefined) throw new Refusal(404, 'IMAGE_GROUP_NOT_FOUND', `Image group not found: ${id}`);
    if (group.jobId === job.id) return group;
    throw new Refusal(409, 'IMAGEGROUP_MISMATCH', `Image group ${id} belongs to job ${group.jobId}`);
  }

  #demandOrder(job: LabOimJob, stage: LabStage, name: OimStageName, group: LabImageGroup): void {
    if (stage.state === 'IN_PROGRESS') {
      throw new Refusal(409, 'INVALID_STATE_TRANSITION', `Stage ${name} is already IN_PROGRESS`);
    }
    const upstream = { deploy: 'build-image-x86_64', restart: 'deploy', validate: 'restart' }[name];
    if (stageOf(job, upstream).state !== 'COMPLETED') {
      throw new Refusal(412, 'UPSTREAM_STAGE_NOT_COMPLETED', `Stage ${upstream} is not COMPLETED`);
    }
    const isReopened = name === 'deploy' && group.status === 'PASSED' && this.#settings.afterPassed === 'taken-up';
    if (!isReopened && !passages[name].from.includes(group.status)) {
      throw new Refusal(412, 'PRECONDITION_FAILED', `Image group ${group.id} is ${group.status}`);
    }
  }

  async #carryOut({ job, stage, name, group, onLine }: Attempt): Promise<void> {
    const { work, clock } = this.#settings;
    const lines: string[] = [];
    job.logs.set(`${name}/${String(stage.attempt)}`, lines);
    const outcome = await workOf(work, name, {
      jobId: job.id,
      imageGroup: { id: group.id, images: group.images },
      files: new Map(job.files),
      attempt: stage.attempt,
      write: (line) => {
        lines.push(line);
        onLine(line);
      },
      signal: this.#stopping.signal,
    }).catch((error: unknown): StageOutcome => {
      const summary = error instanceof Error ? error.message : String(error);
      return { succeeded: false, errorCode: 'PLAYBOOK_EXECUTION_FAILED', summary };
    });
    stage.endedAt = clock.now();
    stage.resultDetail = outcome.resultDetail;
    stage.state = outcome.succeeded ? 'COMPLETED' : 'FAILED';
    if (!outcome.succeeded) {
      stage.errorCode = outcome.errorCode ?? 'PLAYBOOK_FAILED';
      stage.errorSummary = outcome.summary;
      job.state = 'FAILED';
    } else if (name === 'validate') job.state = 'COMPLETED';
    this.#mark(group, passages[name][outcome.succeeded ? 'success' : 'failure']);
  }

  #mark(group: LabImageGroup, status: LabImageGroup['status']): void {
    group.status = status;
    group.updatedAt = this.#settings.clock.now();
  }
}
