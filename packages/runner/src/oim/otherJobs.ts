import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import type { OimJob } from '@omnia-buildstream/oim/model/job';
import { OimError } from '@omnia-buildstream/oim/oimError';

/**
 * The job of another image group. All jobs share the input folder and the boot configuration of the management server
 * (omnia.md section 7), so what was done for one counts for the others.
 */
export interface OtherJob {
  readonly group: ImageGroup;
  /** Undefined: it cannot be read, as that of another client. */
  readonly job: OimJob | undefined;
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

/** Milliseconds since the epoch; an API that tells no time: perhaps just now. */
export function touchedAt({ updatedAt = Number.POSITIVE_INFINITY }: ImageGroup): number {
  return updatedAt;
}
