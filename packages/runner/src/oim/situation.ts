import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import { stageNamed, type OimJob } from '@omnia-buildstream/oim/model/job';
import type { OtherJob } from './otherJobs.ts';
import type { ProjectLog } from './projectUploads.ts';
import type { ReadProjectFile } from './oimAccess.ts';
import type { AskWork } from '../workload/workload.ts';

/** The mapping file that a stage is given. */
export interface GivenMapping {
  /** Path with `/`: what lies beside it is sent with it, and its project has the list of failed nodes. */
  readonly file: string;
  readonly text: string;
  readonly version: OmniaVersion;
}

/** Everything that decides what a stage of the management server is given and what it touches. */
export interface OimSituation {
  readonly stage: StageName;
  readonly group: ImageGroup;
  readonly job: OimJob;
  /** Undefined: there is none. */
  readonly mapping: GivenMapping | undefined;
  readonly failedNodesFile: string;
  readonly read: ReadProjectFile;
  /** The mapping file as git has it at HEAD; undefined: not known. */
  readonly committed: () => Promise<string | undefined>;
  /** BMC_IPs that the stage engine here has booted for this image group. */
  readonly bootedHere: ReadonlySet<string>;
  /** Asks whose jobs run on nodes. */
  readonly work: AskWork;
  readonly uploads: ProjectLog;
  /** What was done for other jobs, which counts for this one. */
  readonly others: readonly OtherJob[];
  /** The same run orders the stages before it, each when the one before has succeeded; their turn is looked at then. */
  readonly isAfterOthers: boolean;
}

/** Whether the restart stage of a job has ever run; undefined when the job does not tell. */
export function hasRestarted(job: OimJob): boolean | undefined {
  const stage = stageNamed(job, 'restart');
  if (stage === undefined) return undefined;
  return stage.state !== 'PENDING' || stage.startedAt !== undefined || stage.endedAt !== undefined;
}

/** It is under way already: it is followed, and nothing is sent. */
export function isRunning({ stage, job }: Pick<OimSituation, 'stage' | 'job'>): boolean {
  return stageNamed(job, stage)?.state === 'IN_PROGRESS';
}

/** Its tests have passed: the API takes no more files for it, and deploys its image group no more (omnia.md section 7). */
export function isFinished({ job, group }: Pick<OimSituation, 'job' | 'group'>): boolean {
  return job.state === 'SUCCEEDED' || group.status === 'PASSED';
}
