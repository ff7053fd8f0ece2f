import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import type { OimJob } from '@omnia-buildstream/oim/model/job';
import { OimError } from '@omnia-buildstream/oim/oimError';

/**
 * The job of another image group. All jobs share the input folder and the boot configuration of the management server
 * (omnia.md section 7), so what was done for one job affects the others.
 */
export interface OtherJob {
  readonly group: ImageGroup;
  /** Undefined if it cannot be read, for example because it belongs to another client. */
  readonly job: OimJob | undefined;
}

/** For a group in one of these states, nothing is deployed. */
const untouched: ReadonlySet<string> = new Set(['BUILT', 'CLEANED']);
/** It is unlikely that more jobs have changed since. */
const mostJobs = 8;

/** The jobs that changed last, newest first. Rejects only with the signal's reason. */
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

/** Milliseconds since the epoch; infinity if the API does not report the time, because it may have been just now. */
export function touchedAt({ updatedAt = Number.POSITIVE_INFINITY }: ImageGroup): number {
  return updatedAt;
}
