import type { CommitRequest } from '../git/repository.ts';

/** What a job leaves for other jobs. */
export interface JobArtifacts {
  /** Image groups found by list_images. */
  readonly imageGroups?: readonly string[];
  /** Variables for later jobs (a dotenv report). */
  readonly variables?: Readonly<Record<string, string>>;
  /** How long GitLab keeps them, in milliseconds. */
  readonly keptMs?: number;
}

export interface JobResult {
  readonly status: 'success' | 'failed';
  readonly artifacts?: JobArtifacts;
}

/** What a running job may use. */
export interface JobContext {
  readonly name: string;
  readonly stage: string;
  /** Stages of its pipeline. */
  readonly stages: readonly string[];
  readonly jobId: number;
  readonly pipelineId: number;
  readonly ref: string;
  /** The pipeline's commit. */
  readonly sha: string;
  /** 1 for the first run of this job in its pipeline, higher after retries. */
  readonly attempt: number;
  /** From the pipeline, from Play, and from the artifacts of earlier jobs. */
  readonly variables: ReadonlyMap<string, string>;
  /** Aborts when the lab stops. */
  readonly signal: AbortSignal;
  /** Appends text to the log unchanged; lines end in `\n`. */
  write(text: string): void;
  /** A file of a commit or a branch. Undefined if it does not exist. */
  read(path: string, ref: string): Promise<string | undefined>;
  /** Commits with the token of the project, unconditionally, as Omnia's scripts do. */
  commit(change: Pick<CommitRequest, 'branch' | 'message' | 'actions'>): Promise<void>;
  sleep(ms: number): Promise<void>;
}

/** Does the work of the jobs. Rejecting counts as a failed job. */
export interface JobHandler {
  run(job: JobContext): Promise<JobResult>;
}
