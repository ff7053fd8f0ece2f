import type { UploadFile } from '../api/oimClient.ts';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { OimJob, OimStage } from '../model/job.ts';

/** An order of which nobody here knows whether the API took it. */
export interface OpenOrder {
  readonly stage: StageName;
  /** When it was sent, milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Remembers, across runs and front ends, what the API was given for a job: it shows neither the files that it has nor
 * those that it deployed. All but `deployed` reject when it cannot be read or written; nothing is ordered then.
 */
export interface UploadLog {
  /** Whether the API has accepted exactly these contents last, and nobody has sent any since, as far as the job shows. */
  readonly isUploaded: (job: OimJob, files: readonly UploadFile[]) => Promise<boolean>;
  /** An upload is about to be sent: from here on nobody knows what the API has, until one of the following is said. */
  readonly begin: (jobId: string) => Promise<void>;
  /** The API has not taken it, and has what it had before. */
  readonly refused: (jobId: string) => Promise<void>;
  /** @param job as it is after the upload; undefined when it cannot be read */
  readonly accepted: (jobId: string, files: readonly UploadFile[], job: OimJob | undefined) => Promise<void>;
  /** A stage is about to be ordered: from here on nobody knows whether it runs, until `answered`. */
  readonly ordering: (jobId: string, order: OpenOrder, before: OimStage | undefined) => Promise<void>;
  /** The API has taken or refused it. Never rejects: not known later, it is mentioned for nothing. */
  readonly answered: (jobId: string) => Promise<void>;
  /** The last order, when nobody knows whether the API took it, and the job has shown nothing of that stage since. */
  readonly openOrder: (job: OimJob) => Promise<OpenOrder | undefined>;
  /** Whether the deploy stage, as the job shows it, was completed with exactly these files. */
  readonly isDeployed: (job: OimJob, files: readonly UploadFile[]) => Promise<boolean>;
  /**
   * The mapping files that were uploaded and deployed last, of whatever job: what the server may have configured. Empty:
   * not known.
   */
  readonly mappings: () => Promise<readonly string[]>;
  /** @param endedAt of the deploy stage, which tells its attempts apart; milliseconds since the epoch */
  readonly deployed: (jobId: string, files: readonly UploadFile[], endedAt: number | undefined) => Promise<void>;
}
