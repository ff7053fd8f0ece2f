import type { OimClient, StageRequest, UploadFile } from '@omnia-buildstream/oim/api/oimClient';
import { errorOfAnswer } from '@omnia-buildstream/oim/errors/fromAnswer';
import type { OimJob, OimStage } from '@omnia-buildstream/oim/model/job';
import type { NodeResults } from '@omnia-buildstream/oim/model/nodeResults';
import type { VirtualClock } from './engine/virtualClock.ts';
import { oimJob, oimStage } from './oimStage.ts';

type Client = Pick<OimClient, 'job' | 'nodeResults' | 'startStage' | 'upload'>;

/**
 * The BuildStreaM API as observed (omnia.md section 7), without HTTP: restart considers no stage but its own, a
 * finished job accepts no files, a stage can fail after it was queued, and there are no results for single nodes.
 */
export class FoundApi implements Client {
  readonly ordered: string[] = [];
  readonly uploads: (readonly UploadFile[])[] = [];
  job_: OimJob = oimJob({ stages: [built, upload, pending('deploy'), pending('restart'), pending('validate')] });
  /** The next order fails after it was queued: the job shows nothing of it. */
  failsAfterQueueing = false;
  /** It rejects the next order, as it does if the stage is already running. */
  refuses = false;
  /** The change with which a started stage ends at once. Undefined if it never ends. */
  end: Partial<OimStage> | undefined = { state: 'COMPLETED' };
  results: NodeResults | undefined;
  /** As in Omnia's guide: a finished job is reopened. */
  takesUpAgain = false;
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  job(): Promise<OimJob> {
    return Promise.resolve(this.job_);
  }

  nodeResults(): Promise<NodeResults | undefined> {
    return Promise.resolve(this.results);
  }

  upload(_: string, files: readonly UploadFile[]): Promise<{ total: number; changed: number; files: [] }> {
    if (this.job_.state === 'SUCCEEDED' && !this.takesUpAgain) return refusal(409, 'JOB_IN_TERMINAL_STATE');
    this.uploads.push(files);
    this.set('upload', { state: 'COMPLETED', endedAt: this.#clock.now() });
    return Promise.resolve({ total: files.length, changed: files.length, files: [] });
  }

  startStage(_: string, { stage }: StageRequest): Promise<void> {
    this.ordered.push(stage);
    if (this.refuses) return refusal(409, 'INVALID_STATE_TRANSITION');
    if (this.failsAfterQueueing) return refusal(500, 'INTERNAL_ERROR');
    const startedAt = this.#clock.now();
    this.set(stage, { state: 'IN_PROGRESS', startedAt, endedAt: undefined });
    if (this.end !== undefined) this.set(stage, { endedAt: startedAt + 1000, ...this.end });
    return Promise.resolve();
  }

  set(name: string, change: Partial<OimStage>): void {
    const stages = this.job_.stages.map((stage) => (stage.name === name ? { ...stage, ...change } : stage));
    this.job_ = { ...this.job_, stages };
  }
}

const built = oimStage({ name: 'build-image-x86_64', state: 'COMPLETED' });
const upload = pending('upload');

function pending(name: string): OimStage {
  return oimStage({ name, state: 'PENDING' });
}

function refusal(status: number, error: string): Promise<never> {
  const text = JSON.stringify({ detail: { error, message: 'Said' } });
  return Promise.reject(errorOfAnswer({ status, header: () => undefined, text }, 'POST /x'));
}
