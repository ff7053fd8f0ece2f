import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import { stageNamed, type OimJob } from '@omnia-buildstream/oim/model/job';
import type { OtherJob } from './otherJobs.ts';
import type { ProjectLog } from './projectUploads.ts';
import type { ReadProjectFile } from './oimAccess.ts';
import type { AskWork } from '../workload/workload.ts';

/** The mapping file for a stage. */
export interface GivenMapping {
  /** Path with `/`: the input files beside it are sent with it, and its project contains the failed nodes list. */
  readonly file: string;
  readonly text: string;
  readonly version: OmniaVersion;
}

/** Everything that determines what a stage of the management server gets and what it touches. */
export interface OimSituation {
  readonly stage: StageName;
  readonly group: ImageGroup;
  readonly job: OimJob;
  /** Undefined if there is none. */
  readonly mapping: GivenMapping | undefined;
  readonly failedNodesFile: string;
  readonly read: ReadProjectFile;
  /** The mapping file in git at HEAD; undefined if unknown. */
  readonly committed: () => Promise<string | undefined>;
  /** BMC_IPs that the stage engine here has booted for this image group. */
  readonly bootedHere: ReadonlySet<string>;
  /** Asks the workload managers for jobs on nodes. */
  readonly work: AskWork;
  readonly uploads: ProjectLog;
  /** The other jobs, whose stages affect this one. */
  readonly others: readonly OtherJob[];
  /**
   * Whether the same run requests the stages before this one, each after the previous one has succeeded; the stage
   * order is checked then.
   */
  readonly isAfterOthers: boolean;
}

/** Whether the restart stage of a job has ever run; undefined if the job does not show it. */
export function hasRestarted(job: OimJob): boolean | undefined {
  const stage = stageNamed(job, 'restart');
  if (stage === undefined) return undefined;
  return stage.state !== 'PENDING' || stage.startedAt !== undefined || stage.endedAt !== undefined;
}

/** Whether the stage is already running: it is then followed, and nothing is sent. */
export function isRunning({ stage, job }: Pick<OimSituation, 'stage' | 'job'>): boolean {
  return stageNamed(job, stage)?.state === 'IN_PROGRESS';
}

/**
 * Whether the tests of the job have passed: the API then accepts no further files for it and does not deploy its image
 * group again (omnia.md section 7).
 */
export function isFinished({ job, group }: Pick<OimSituation, 'job' | 'group'>): boolean {
  return job.state === 'SUCCEEDED' || group.status === 'PASSED';
}
