import type { UploadFile } from '../api/oimClient.ts';
import type { OimJob } from '../model/job.ts';

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
