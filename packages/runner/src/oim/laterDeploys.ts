import { stageNamed, type OimJob, type OimStage } from '@omnia-buildstream/oim/model/job';
import { touchedAt, type OtherJob } from './otherJobs.ts';
import type { ProjectLog } from './projectUploads.ts';

/** Another image group that the nodes boot now. */
export interface LaterDeploy {
  readonly imageGroup: string;
  /**
   * Milliseconds since the epoch; undefined if uncertain because the group changed since and its job cannot be read.
   */
  readonly at: number | undefined;
}

/**
 * The groups that were deployed after this job, or whose deploy has begun since; empty if this job was never deployed.
 * The certain ones first.
 */
export function laterDeploys(job: OimJob, others: readonly OtherJob[]): readonly LaterDeploy[] {
  const ours = begunAt(stageNamed(job, 'deploy'));
  if (ours === undefined) return [];
  const found = others.flatMap(({ group, job: other }): LaterDeploy[] => {
    const at = other === undefined ? undefined : begunAt(stageNamed(other, 'deploy'));
    const isLater = other === undefined ? touchedAt(group) > ours : at !== undefined && at > ours;
    return isLater ? [{ imageGroup: group.id, at }] : [];
  });
  return found.toSorted((one, other) => (other.at ?? 0) - (one.at ?? 0));
}

/** The log for a job in which uploads and deploys count only if no other job came in between. */
export function uploadsBeside(others: readonly OtherJob[], uploads: ProjectLog): ProjectLog {
  return {
    ...uploads,
    isUploaded: async (job, files) => !hasLaterUpload(job, others) && (await uploads.isUploaded(job, files)),
    isDeployed: async (job, files) => laterDeploys(job, others).length === 0 && (await uploads.isDeployed(job, files)),
  };
}

/** Whether the input folder may have been written for another job since the last upload of this one. */
function hasLaterUpload(job: OimJob, others: readonly OtherJob[]): boolean {
  const ours = stageNamed(job, 'upload')?.endedAt;
  if (ours === undefined) return others.length > 0;
  return others.some(({ group, job: other }) => {
    const at = other === undefined ? touchedAt(group) : stageNamed(other, 'upload')?.endedAt;
    return at !== undefined && at > ours;
  });
}

function begunAt(stage: OimStage | undefined): number | undefined {
  return stage?.startedAt ?? stage?.endedAt;
}
