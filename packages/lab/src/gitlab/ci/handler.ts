import type { CommitRequest } from '../git/repository.ts';

/** What a job leaves behind for others. */
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
  /** Of its pipeline. */
  readonly stages: readonly string[];
  readonly jobId: number;
  readonly pipelineId: number;
  readonly ref: string;
  /** The pipeline's commit. */
  readonly sha: string;
  /** 1 for the first run of this job in its pipeline, more after retries. */
  readonly attempt: number;
  /** From the pipeline, Play, and the artifacts of the jobs before. */
  readonly variables: ReadonlyMap<string, string>;
  /** Ends when the lab stops. */
  readonly signal: AbortSignal;
  /** Adds to the log as it is; lines end in `\n`. */
  write(text: string): void;
  /** A file of a commit or a branch; undefined when it is not there. */
  read(path: string, ref: string): Promise<string | undefined>;
  /** Commits with the token of the project, as Omnia's scripts do: unconditionally. */
  commit(change: Pick<CommitRequest, 'branch' | 'message' | 'actions'>): Promise<void>;
  sleep(ms: number): Promise<void>;
}

/** Does the work of the jobs. Rejecting counts as a failed job. */
export interface JobHandler {
  run(job: JobContext): Promise<JobResult>;
}
