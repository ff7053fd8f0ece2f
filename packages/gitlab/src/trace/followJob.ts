import type { GitLabClient } from '../api/client.ts';
import type { Clock } from '../clock.ts';
import type { Job } from '../model/job.ts';
import { phaseOf } from '../status/statuses.ts';
import { TraceFollower, tracePauseMs, type TraceSink } from './follow.ts';

/**
 * Follows the log of a job until the job is over.
 * @returns the job in its final state
 * @throws GitLabError, also if the signal aborts it
 */
export async function followJob(
  client: Pick<GitLabClient, 'jobs'>,
  { projectId, jobId, sink }: { projectId: number; jobId: number; sink: TraceSink },
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<Job> {
  const follower = new TraceFollower(sink);
  const call = { signal };
  for (let unchangedLooks = 0; ;) {
    // Read the state first: a log that is read after the job has ended is complete.
    const job = await client.jobs.show(projectId, jobId, call);
    const change = await follower.update(() => client.jobs.trace(projectId, jobId, call));
    if (phaseOf(job.status) === 'over') return job;
    unchangedLooks = change === 'unchanged' ? unchangedLooks + 1 : 0;
    await clock.sleep(tracePauseMs(follower.shownBytes, unchangedLooks), signal);
  }
}
