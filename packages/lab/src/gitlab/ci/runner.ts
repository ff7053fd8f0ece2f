import type { BareRepository, CommitRequest } from '../git/repository.ts';
import type { LabClock } from '../labClock.ts';
import type { JobContext, JobHandler, JobResult } from './handler.ts';
import { latest, type LabJob } from './state.ts';

export interface RunnerOptions {
  readonly handler: JobHandler;
  readonly repository: BareRepository;
  readonly clock: LabClock;
  readonly signal: AbortSignal;
  readonly begin: (job: LabJob) => void;
  readonly end: (job: LabJob, result: JobResult) => void;
  /** Commits as the project's token, under the lock of the repository. */
  readonly commit: (change: Pick<CommitRequest, 'branch' | 'message' | 'actions'>) => Promise<void>;
  readonly defaultBranch: string;
}

/** Executes jobs as they come, several at a time, and writes logs as GitLab's runner does. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #running = new Set<Promise<void>>();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  start(job: LabJob): void {
    const work = this.#run(job).finally(() => this.#running.delete(work));
    this.#running.add(work);
  }

  /** Resolves once no job is running anymore, including those that start in the meantime. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #run(job: LabJob): Promise<void> {
    const { handler, signal, begin, end, clock } = this.#options;
    const isStopped = () => signal.aborted;
    // A real runner polls for work every few seconds, so a job is pending for a moment.
    await clock.sleep(0, signal);
    if (isStopped()) return;
    begin(job);
    const write = (text: string) => job.trace.push(Buffer.from(text));
    const mark = (kind: 'start' | 'end', name: string, header = '') => {
      write(`section_${kind}:${String(Math.floor(clock.now().getTime() / 1000))}:${name}\r\u001b[0K${header}`);
    };
    write('\u001b[0KRunning with lab-runner on the lab\u001b[0;m\n');
    mark('start', 'step_script', '\u001b[0K\u001b[36;1mExecuting "step_script" stage of the job script\u001b[0;m\n');
    const result = await handler.run(this.#context(job, write)).catch((error: unknown): JobResult => {
      write(`\u001b[31;1m${error instanceof Error ? error.message : String(error)}\u001b[0;m\n`);
      return { status: 'failed' };
    });
    mark('end', 'step_script');
    write(
      result.status === 'success'
        ? '\u001b[32;1mJob succeeded\u001b[0;m\n'
        : '\u001b[31;1mERROR: Job failed: exit code 1\u001b[0;m\n',
    );
    if (!isStopped()) end(job, result);
  }

  #context(job: LabJob, write: (text: string) => void): JobContext {
    const { repository, clock, signal, commit } = this.#options;
    const { pipeline, definition } = job;
    return {
      name: definition.name,
      stage: definition.stage,
      stages: pipeline.definition.stages,
      jobId: job.id,
      pipelineId: pipeline.id,
      ref: pipeline.ref,
      sha: pipeline.sha,
      attempt: job.attempt,
      variables: variablesOf(job),
      signal,
      write,
      read: async (path, ref) => {
        const at = await repository.resolve(ref);
        return at === undefined ? undefined : (await repository.read(at, path))?.toString();
      },
      commit,
      sleep: (ms) => clock.sleep(ms, signal),
    };
  }
}

/**
 * The variables of a job. Those of a later dotenv report override those of an earlier one, the pipeline's override
 * both, and those of Play override all.
 */
function variablesOf(job: LabJob): ReadonlyMap<string, string> {
  const before = latest(job.pipeline)
    .filter((one) => one.kind === 'job' && one !== job && one.artifacts?.variables !== undefined)
    .sort((a, b) => (a.finished?.getTime() ?? 0) - (b.finished?.getTime() ?? 0));
  const handed = before.flatMap((one) => (one.kind === 'job' ? Object.entries(one.artifacts?.variables ?? {}) : []));
  return new Map([...handed, ...job.pipeline.variables, ...job.variables]);
}
