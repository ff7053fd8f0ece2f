import type { GitLabClient } from '../api/client.ts';
import type { Job } from '../model/job.ts';
import { stripAnsi } from '../trace/ansi.ts';
import { TraceFollower, tracePauseMs } from '../trace/follow.ts';
import { TraceLines } from '../trace/lines.ts';
import { RestartLog } from '../trace/restartLog.ts';

/**
 * Follows the log of one restart job for what it says about nodes. Code that watches pipelines calls `look` each time;
 * the log is read no more often than a log that the user follows.
 */
export class RestartFollower {
  readonly job: Job;
  readonly #follower: TraceFollower;
  #log = new RestartLog();
  #lines = new TraceLines();
  #decoder = new TextDecoder();
  #unchangedLooks = 0;
  #nextMs = Number.NEGATIVE_INFINITY;

  constructor(job: Job) {
    this.job = job;
    this.#follower = new TraceFollower({
      append: (chunk) => {
        this.#append(chunk);
      },
      clear: () => {
        this.#log = new RestartLog();
        this.#lines = new TraceLines();
        this.#decoder = new TextDecoder();
      },
    });
  }

  /** What the log has said so far. */
  get log(): Pick<RestartLog, 'nodes' | 'stage'> {
    return this.#log;
  }

  /**
   * Reads what is new, unless the last read was recent.
   * @param nowMs of a clock that never goes backward
   * @throws GitLabError
   */
  async look(
    client: Pick<GitLabClient, 'jobs'>,
    { projectId, nowMs }: { readonly projectId: number; readonly nowMs: number },
    signal: AbortSignal,
  ): Promise<void> {
    if (nowMs < this.#nextMs) return;
    try {
      const { id, projectId: own } = this.job;
      const change = await this.#follower.update(() => client.jobs.trace(own ?? projectId, id, { signal }));
      this.#unchangedLooks = change === 'unchanged' ? this.#unchangedLooks + 1 : 0;
    } catch (error) {
      this.#unchangedLooks += 1;
      throw error;
    } finally {
      this.#nextMs = nowMs + tracePauseMs(this.#follower.shownBytes, this.#unchangedLooks);
    }
  }

  #append(chunk: Uint8Array): void {
    for (const { text, timestamp } of this.#lines.push(this.#decoder.decode(chunk, { stream: true }))) {
      const atMs = timestamp === undefined ? undefined : Date.parse(timestamp);
      this.#log.read(stripAnsi(text), atMs);
    }
  }
}
