import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { OimClient } from '../api/oimClient.ts';
import { hasEnded, isSameMoment, stageNamed, type OimStage } from '../model/job.ts';
import { isPassing, type OimError } from '../oimError.ts';
import { pollGrowth, type FollowSettings } from './settings.ts';

export interface FollowInput {
  readonly client: Pick<OimClient, 'job'>;
  readonly jobId: string;
  readonly stage: StageName;
  /**
   * The stage before its attempt was requested, so that the end of an earlier attempt is not mistaken for the end of
   * this one.
   */
  readonly before: OimStage | undefined;
  readonly clock: Clock;
  readonly settings: FollowSettings;
  readonly onChange: (stage: OimStage) => void;
  /** The API is not responding. Called once per outage; polling continues. */
  readonly onOutage: (error: OimError) => void;
  readonly onBack: () => void;
  /** How long the stage's playbook may run; undefined if unknown. */
  readonly limitMs: number | undefined;
  /** The stage has been IN_PROGRESS for longer than `limitMs` and may never end (omnia.md section 7). Called once. */
  readonly onStuck: (runsMs: number) => void;
}

/**
 * Polls until the stage's attempt has ended. Resolves to undefined if the deadline passes first. Rejects with the
 * signal's reason, which only ends the following, or with an OimError if repeating the request cannot help.
 */
export async function followStage(input: FollowInput, signal: AbortSignal): Promise<OimStage | undefined> {
  const { clock, settings, before } = input;
  const startMs = clock.monotonic();
  const look = new Looks(input);
  const stuck = new Stuck(input);
  let shown = before;
  let pauseMs = settings.pollIntervalMs;
  for (;;) {
    const stage = await look.once(signal);
    if (stage !== undefined && !isSameMoment(stage, shown)) {
      shown = stage;
      pauseMs = settings.pollIntervalMs;
      input.onChange(stage);
    }
    if (stage !== undefined) stuck.look(stage);
    const elapsedMs = clock.monotonic() - startMs;
    const isOld = before !== undefined && isSameMoment(stage, before) && elapsedMs < settings.settleMs;
    if (stage !== undefined && hasEnded(stage) && !isOld) return stage;
    if (elapsedMs >= settings.deadlineMs) return undefined;
    await clock.sleep(Math.min(pauseMs, settings.deadlineMs - elapsedMs), signal);
    pauseMs = Math.min(pauseMs * pollGrowth, settings.maxPollIntervalMs);
  }
}

/** Reports once that a stage has been in progress for too long. */
class Stuck {
  readonly #input: FollowInput;
  /** Start of the progress by the local monotonic clock, because the management server's clock may be wrong. */
  #sinceMs: number | undefined;
  #isTold = false;

  constructor(input: FollowInput) {
    this.#input = input;
  }

  look({ state, startedAt }: OimStage): void {
    const { clock, limitMs, onStuck } = this.#input;
    if (state !== 'IN_PROGRESS') {
      this.#sinceMs = undefined;
      return;
    }
    const beforeMs = startedAt === undefined ? 0 : Math.max(0, clock.now() - startedAt);
    this.#sinceMs ??= clock.monotonic() - beforeMs;
    const runsMs = clock.monotonic() - this.#sinceMs;
    if (limitMs === undefined || runsMs <= limitMs || this.#isTold) return;
    this.#isTold = true;
    onStuck(runsMs);
  }
}

class Looks {
  readonly #input: FollowInput;
  #isOut = false;

  constructor(input: FollowInput) {
    this.#input = input;
  }

  /** Undefined if the API did not respond or the job does not show the stage yet. */
  async once(signal: AbortSignal): Promise<OimStage | undefined> {
    const { client, jobId, stage, onOutage, onBack } = this.#input;
    try {
      const job = await client.job(jobId, signal);
      if (this.#isOut) onBack();
      this.#isOut = false;
      return stageNamed(job, stage);
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (!this.#isOut) onOutage(error);
      this.#isOut = true;
      return undefined;
    }
  }
}
