import type { UploadFile } from '../api/oimClient.ts';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { OimJob, OimStage } from '../model/job.ts';

/** A request for a stage that the API may or may not have accepted. */
export interface OpenOrder {
  readonly stage: StageName;
  /** When it was sent, milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Records, across runs and front ends, what the API received for a job: it shows neither the files that it has nor
 * those that it deployed. All functions except `deployed` and `answered` reject if the log cannot be read or written;
 * the stage is then not requested.
 */
export interface UploadLog {
  /**
   * Whether the contents of these files are the last ones that the API accepted for them, and no one has uploaded any
   * since, as far as the job shows.
   */
  readonly isUploaded: (job: OimJob, files: readonly UploadFile[]) => Promise<boolean>;
  /**
   * An upload is about to be sent: from here on it is unknown which files the API has, until `refused` or `accepted` is
   * called.
   */
  readonly begin: (jobId: string) => Promise<void>;
  /** The API did not accept the upload and still has its previous files. */
  readonly refused: (jobId: string) => Promise<void>;
  /** @param job as it is after the upload; undefined if it cannot be read */
  readonly accepted: (jobId: string, files: readonly UploadFile[], job: OimJob | undefined) => Promise<void>;
  /** A stage is about to be requested: from here on it is unknown whether it is running, until `answered` is called. */
  readonly ordering: (jobId: string, order: OpenOrder, before: OimStage | undefined) => Promise<void>;
  /**
   * The API accepted or refused the request. Never rejects: if this is not recorded, the worst case is an unnecessary
   * hint later.
   */
  readonly answered: (jobId: string) => Promise<void>;
  /**
   * The last request, if it is unknown whether the API accepted it and the job has not shown any sign of that stage
   * since.
   */
  readonly openOrder: (job: OimJob) => Promise<OpenOrder | undefined>;
  /** Whether the deploy stage that the job shows was completed with exactly these files. */
  readonly isDeployed: (job: OimJob, files: readonly UploadFile[]) => Promise<boolean>;
  /**
   * The last mapping files that were uploaded and deployed, for any job: those that the server may have configured.
   * Empty if unknown.
   */
  readonly mappings: () => Promise<readonly string[]>;
  /** @param endedAt end of the deploy stage, which identifies the attempt; milliseconds since the epoch */
  readonly deployed: (jobId: string, files: readonly UploadFile[], endedAt: number | undefined) => Promise<void>;
}
