import type { JobContext } from '../ci/handler.ts';
import type { StageName, StageReport } from './words.ts';

/** A refusal of the API. */
export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** An image group, with the job that it belongs to. */
export interface ServiceGroup {
  readonly id: string;
  readonly jobId: string;
  /** As the BuildStreaM API calls it. */
  readonly status: string;
  readonly createdAt: Date;
  readonly roles: readonly string[];
}

/** What the jobs of Omnia's pipelines request from the BuildStreaM API. */
export interface PipelineService {
  /** Groups whose images exist, which are all that are not CLEANED. */
  imageGroups(job: JobContext): Promise<readonly ServiceGroup[]>;
  /** Uploads files to a job, by name without folder. */
  upload(jobId: string, files: ReadonlyMap<string, string>): Refused | undefined;
  order(stage: StageName, jobId: string, imageGroup: string): Refused | undefined;
  /** Resolves when the stage is over. */
  ended(stage: StageName, jobId: string, job: JobContext): Promise<StageReport>;
  report(stage: StageName, jobId: string): StageReport;
  /** Creates a job without an image group, and returns its ID. */
  newJob(): string;
  /** Builds the image group of a job; resolves when its images exist. */
  build(jobId: string, imageGroup: string): Promise<Refused | undefined>;
  /** Deletes the images of a job. */
  clean(jobId: string): Refused | undefined;
}
