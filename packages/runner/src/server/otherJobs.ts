import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { stageNamed, type OimJob, type OimStage } from '@omnia-buildstream/oim/model/job';
import { OimError } from '@omnia-buildstream/oim/oimError';
import type { ProjectLog } from './projectUploads.ts';

/**
 * The job of another image group. All jobs share the input folder and the boot configuration of the management server
 * (omnia.md section 7), so what was done for one counts for the others.
 */
export interface OtherJob {
  readonly group: ImageGroup;
  /** Undefined: it cannot be read, as that of another client. */
  readonly job: OimJob | undefined;
}

/** Another image group that the nodes boot now. */
export interface LaterDeploy {
  readonly imageGroup: string;
  /** Milliseconds since the epoch; undefined: not sure, the group was touched since, and its job cannot be read. */
  readonly at: number | undefined;
}

/** Nothing was deployed for a group in these. */
const untouched: ReadonlySet<string> = new Set(['BUILT', 'CLEANED']);
/** More of them were hardly touched since. */
const mostJobs = 8;

/** The jobs that were worked on last, the newest first. Rejects only with the signal's reason. */
export async function readOtherJobs(
  client: Pick<OimClient, 'job'>,
  { groups, jobId }: { readonly groups: readonly ImageGroup[]; readonly jobId: string },
  signal: AbortSignal,
): Promise<readonly OtherJob[]> {
  const touched = groups.filter((group) => group.jobId !== jobId && !untouched.has(group.status));
  const newest = touched.toSorted((one, other) => touchedAt(other) - touchedAt(one)).slice(0, mostJobs);
  return Promise.all(
    newest.map(async (group) => {
      if (group.jobId === undefined) return { group, job: undefined };
      const job = await client.job(group.jobId, signal).catch((error: unknown) => {
        if (signal.aborted || !(error instanceof OimError)) throw error;
        return undefined;
      });
      return { group, job };
    }),
  );
}

function touchedAt({ updatedAt = Number.POSITIVE_INFINITY }: ImageGroup): number {
  return updatedAt;
}

/** Who was deployed, or has begun to be, after this job; none when it never was. The sure ones first. */
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

/** What was uploaded and deployed for a job, as far as no other job came between. */
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
