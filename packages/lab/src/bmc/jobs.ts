import { clearJobsOf, type LabPaths } from './paths.ts';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';

/** Jobs of a BMC: each ends after a short time. */
export class Jobs {
  readonly #clock: Clock;
  readonly #path: string;
  readonly #endsMs = new Map<string, number>();

  constructor(clock: Clock, path: string) {
    this.#clock = clock;
    this.#path = path;
  }

  /** Starts a job that runs for `durationMs`, and returns its path. */
  start(durationMs: number): string {
    const id = `JID_${String(100_000_000_000 + this.#endsMs.size)}`;
    this.#endsMs.set(id, this.#clock.now() + durationMs);
    return `${this.#path}/${id}`;
  }

  /** Clears the queue. */
  clear(): void {
    this.#endsMs.clear();
  }

  /** The job with this ID. Undefined if there is none. */
  get(id: string): unknown {
    const endMs = this.#endsMs.get(id);
    if (endMs === undefined) return undefined;
    const isDone = this.#clock.now() >= endMs;
    return {
      '@odata.id': `${this.#path}/${id}`,
      '@odata.type': '#DellJob.v1_4_0.DellJob',
      Id: id,
      Name: 'Boot configuration',
      JobState: isDone ? 'Completed' : 'Running',
      Message: isDone ? 'Job completed successfully.' : 'Job in progress.',
      PercentComplete: isDone ? 100 : 50,
    };
  }

  list(): unknown {
    const members = [...this.#endsMs.keys()].map((id) => this.get(id));
    return {
      '@odata.id': this.#path,
      '@odata.type': '#DellJobCollection.DellJobCollection',
      Id: 'JobQueue',
      Name: 'JobQueue',
      Members: members,
      'Members@odata.count': members.length,
    };
  }
}

/** Dell's service for the job queue. */
export function jobServiceResource(path: string, paths: LabPaths): unknown {
  if (paths.jobService === undefined || path !== paths.jobService) return undefined;
  return {
    '@odata.id': path,
    '@odata.type': '#DellJobService.v1_1_0.DellJobService',
    Id: 'Job Service',
    Name: 'DellJobService',
    Actions: { '#DellJobService.DeleteJobQueue': { target: clearJobsOf(paths) } },
  };
}
