import type { AfterPassed } from '@omnia-buildstream/core/lab/connection';
import type { LabClock } from '../gitlab/labClock.ts';
import { OimClients } from './clients.ts';
import { oimGenerations, type OimGeneration } from './generation.ts';
import { guard } from './guards.ts';
import { architecturesOf, cleanable, type LabImageGroup } from './imageGroups.ts';
import { OimJobs, moveJob, stageOf, type LabOimJob } from './jobs.ts';
import type { PastAttempt } from './past.ts';
import { Refusal } from './refusal.ts';
import { settle } from './settle.ts';
import { beginAttempt, isOver, type LabStage, type OimStageName } from './stages.ts';
import { workOf, type StageOutcome, type StageWork } from './stageWork.ts';
import { demandFiles, type UploadedFile } from './upload.ts';

export interface LabOimSettings {
  readonly work: StageWork;
  readonly clock: LabClock;
  /** Account that may register a client. */
  readonly user: string;
  readonly password: string;
  /** An hour by default, as in Omnia. */
  readonly tokenLifeMs?: number;
  /** What happens to a job whose tests have passed; by default it is refused, as was found in the real API. */
  readonly afterPassed?: AfterPassed;
  /** 2.2 by default. */
  readonly version?: OimGeneration['version'];
  /** Delay between the end of a stage and its result; the real poller checks every five seconds. None by default. */
  readonly resultDelayMs?: number;
  /**
   * Whether artifacts of a job are available. By default requests for them end in a server error, as in all versions
   * that were checked.
   */
  readonly servesArtifacts?: boolean;
}

/**
 * What goes wrong with an accepted request to start a stage. `unseen`: it is carried out, but the job does not show it;
 * `never-run`: nothing reads the queue; `result-lost`: it is carried out, but its result is lost.
 */
export type Mishap = 'unseen' | 'never-run' | 'result-lost';

export interface StartOptions {
  /** Deploy requires it. */
  readonly imageGroupId?: string;
  readonly clientId?: string;
  /** Called with each line of the attempt's log. */
  readonly onLine?: (line: string) => void;
  readonly mishap?: Mishap | undefined;
}

interface Attempt {
  readonly job: LabOimJob;
  readonly stage: LabStage;
  readonly name: OimStageName;
  readonly number: number;
  readonly group: LabImageGroup | undefined;
  readonly onLine: (line: string) => void;
  readonly mishap: Mishap | undefined;
}

/**
 * What is behind the lab's BuildStreaM API: jobs, image groups and stages with their rules (omnia.md section 7). Code
 * in the same process calls it without HTTP, and then without a client (`clientId` undefined).
 */
export class LabOim {
  readonly clients: OimClients;
  readonly jobs: OimJobs;
  readonly generation: OimGeneration;
  readonly servesArtifacts: boolean;
  readonly #settings: LabOimSettings;
  readonly #groups = new Map<string, LabImageGroup>();
  /** The input folder of the management server, shared by all jobs. */
  readonly #inputs = new Map<string, string>();
  readonly #artifacts = new Map<string, Readonly<Record<string, string>>>();
  readonly #running = new Map<string, Promise<void>>();
  /** Playbooks run one after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  readonly #stopping = new AbortController();
  /** `deploy JOB` for every accepted request to start a stage. */
  readonly begun: string[] = [];

  constructor(settings: LabOimSettings) {
    this.#settings = settings;
    const { clock, user, password, tokenLifeMs = 3_600_000, version = '2.2', servesArtifacts = false } = settings;
    this.clients = new OimClients({ clock, user, password, tokenLifeMs });
    this.generation = oimGenerations[version];
    this.jobs = new OimJobs(this.generation.stages);
    this.servesArtifacts = servesArtifacts;
  }

  get imageGroups(): readonly LabImageGroup[] {
    return [...this.#groups.values()].reverse();
  }

  /**
   * Adds an image group as a finished build leaves it, with its job.
   * @param clientId owner of the job; undefined for all clients. The group is listed for all.
   */
  addImageGroup(id: string, images: LabImageGroup['images'], jobId?: string, clientId?: string): LabImageGroup {
    const now = this.#settings.clock.now();
    const job = this.jobs.find(jobId) ?? this.jobs.add(clientId, now, jobId);
    const built = ['parse-catalog', 'generate-input-files', 'create-local-repository', 'build-image'];
    const architectures = architecturesOf({ images });
    const made = [
      ...built,
      ...(architectures.length === 0 ? ['x86_64'] : architectures).map((arch) => `build-image-${arch}`),
    ];
    for (const stage of job.stages.filter(({ name }) => made.includes(name))) {
      Object.assign(stage, { state: 'COMPLETED', startedAt: now, endedAt: now });
      if (stage.name.startsWith('build')) stage.logFile = `/opt/omnia/log/build_stream/${job.id}/${stage.name}.log`;
    }
    moveJob(job, 'IN_PROGRESS', now);
    const group: LabImageGroup = { id, jobId: job.id, images, status: 'BUILT', createdAt: now, updatedAt: now };
    this.#groups.set(id, group);
    return group;
  }

  /** Adds the history of an image group's job before anyone looks at it. */
  remember(jobId: string, past: readonly PastAttempt[]): void {
    const job = this.jobs.get(jobId, undefined);
    const group = this.groupOf(job.id);
    for (const { stage: name, outcome } of past) {
      this.#begin(job, name, group);
      const stage = stageOf(job, name);
      const attempt = { job, stage, name, number: stage.attempt, group };
      settle(attempt, outcome, { generation: this.generation, now: this.#settings.clock.now() });
    }
  }

  /** Creates a job of the pipeline, which all clients see. */
  newJob(): LabOimJob {
    return this.jobs.add(undefined, this.#settings.clock.now());
  }

  /** Removes images, from the states that allow it. The group remains known. @throws Refusal */
  clean(jobId: string): LabImageGroup {
    const job = this.jobs.get(jobId, undefined);
    const group = this.groupOf(job.id);
    if (group === undefined) throw new Refusal(404, 'IMAGE_GROUP_NOT_FOUND', 'ImageGroup not found: unknown');
    if (group.status === 'CLEANED') throw new Refusal(409, 'ALREADY_CLEANED', `ImageGroup '${group.id}' is cleaned`);
    if (!cleanable.includes(group.status)) {
      const message = `ImageGroup status is '${group.status}'`;
      throw new Refusal(409, 'CLEANUP_STATE_INVALID', message);
    }
    const now = this.#settings.clock.now();
    moveJob(job, 'CLEANED', now);
    return Object.assign(group, { status: 'CLEANED', updatedAt: now });
  }

  groupOf(jobId: string): LabImageGroup | undefined {
    return [...this.#groups.values()].find((group) => group.jobId === jobId);
  }

  /** The job's owner does not matter, as in the real API. @throws Refusal */
  upload(jobId: string, files: ReadonlyMap<string, string>): readonly UploadedFile[] {
    const job = this.jobs.get(jobId, undefined);
    if (job.state === 'COMPLETED' && this.#settings.afterPassed !== 'taken-up') {
      throw new Refusal(409, 'JOB_IN_TERMINAL_STATE', `Job ${job.id} is in terminal state: COMPLETED`);
    }
    demandFiles(files, this.generation);
    const stage = stageOf(job, 'upload');
    const now = this.#settings.clock.now();
    beginAttempt(stage, now);
    Object.assign(stage, { state: 'COMPLETED', endedAt: now });
    return [...files].map(([name, text]) => {
      // As found in the real API: later files are compared with the first upload.
      const first = job.firstFiles.get(name);
      if (first === undefined) job.firstFiles.set(name, text);
      const status = first === text ? 'UNCHANGED' : 'CHANGED';
      job.files.set(name, text);
      if (name !== 'failed_nodes.json') this.#inputs.set(name, text);
      return { name, status, sizeBytes: Buffer.byteLength(text) };
    });
  }

  /** Begins an attempt, which continues in the background. @throws Refusal */
  startStage(
    jobId: string,
    name: OimStageName,
    { imageGroupId = '', clientId, onLine = () => undefined, mishap }: StartOptions = {},
  ): { readonly job: LabOimJob; readonly stage: LabStage } {
    const job = this.jobs.get(jobId, clientId);
    const group = this.groupOf(job.id);
    const { afterPassed = 'refused' } = this.#settings;
    guard(name, { job, group, imageGroupId, afterPassed });
    const stage = stageOf(job, name);
    const number = stage.attempt;
    if (mishap !== 'unseen') this.#begin(job, name, group);
    this.begun.push(`${name} ${job.id}`);
    const attempt = { job, stage, name, number: Math.max(number, stage.attempt), group, onLine, mishap };
    this.#running.set(`${job.id} ${name}`, this.#carryOut(attempt));
    return { job, stage };
  }

  /** Resolves when the attempt in progress has ended; immediately if there is none. */
  async waitFor(jobId: string, name: OimStageName): Promise<LabStage> {
    const job = this.jobs.get(jobId, undefined);
    await this.#running.get(`${job.id} ${name}`);
    return stageOf(job, name);
  }

  log(jobId: string, name: OimStageName, attempt: number): readonly string[] {
    return this.jobs.get(jobId, undefined).logs.get(`${name}/${String(attempt)}`) ?? [];
  }

  /** What the newest attempt has left under a label. */
  artifact(jobId: string, label: string): string | undefined {
    return this.#artifacts.get(jobId)?.[label];
  }

  /** Ends what is in progress. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running.values());
  }

  /**
   * A stage that runs again reopens a failed job, except for validate; no stage reopens a job that has succeeded unless
   * `afterPassed` is `taken-up`.
   */
  #begin(job: LabOimJob, name: OimStageName, group: LabImageGroup | undefined): void {
    const now = this.#settings.clock.now();
    const stage = stageOf(job, name);
    const isRetried = name !== 'validate' && isOver(stage);
    const isTakenUp = job.state === 'COMPLETED' && this.#settings.afterPassed === 'taken-up';
    const isFirst = name === 'validate' && job.state === 'CREATED';
    if ((isRetried && job.state === 'FAILED') || isTakenUp || isFirst) moveJob(job, 'IN_PROGRESS', now);
    beginAttempt(stage, now);
    if (name === 'deploy' && group !== undefined) Object.assign(group, { status: 'DEPLOYING', updatedAt: now });
  }

  async #carryOut(attempt: Attempt): Promise<void> {
    const { mishap, job } = attempt;
    const { clock, resultDelayMs = 0 } = this.#settings;
    const { signal } = this.#stopping;
    if (mishap === 'never-run') return aborted(signal);
    const work = this.#queue.then(() => this.#work(attempt));
    this.#queue = work;
    const outcome = await work;
    if (mishap === 'result-lost') return aborted(signal);
    if (resultDelayMs > 0) await clock.sleep(resultDelayMs, signal);
    if (outcome.artifacts !== undefined) this.#artifacts.set(job.id, outcome.artifacts);
    settle(attempt, outcome, { generation: this.generation, now: clock.now() });
  }

  #work({ job, name, number, group, onLine }: Attempt): Promise<StageOutcome> {
    const lines: string[] = [];
    job.logs.set(`${name}/${String(number)}`, lines);
    const failedNodes = job.files.get('failed_nodes.json');
    return workOf(this.#settings.work, name, {
      jobId: job.id,
      imageGroup: { id: group?.id ?? '', images: group?.images ?? [] },
      files: new Map([
        ...this.#inputs,
        ...(failedNodes === undefined ? [] : [['failed_nodes.json', failedNodes] as const]),
      ]),
      attempt: number,
      write: (line) => {
        lines.push(line);
        onLine(line);
      },
      signal: this.#stopping.signal,
    }).catch((error: unknown): StageOutcome => {
      const summary = error instanceof Error ? error.message : String(error);
      return { succeeded: false, errorCode: 'SYSTEM_ERROR', summary };
    });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
}
