import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { StageName, StageNote } from '@omnia-buildstream/engine/stage/events';
import type { OimClient, StageRequest, UploadFile } from '../api/oimClient.ts';
import type { OimOutcome, OimStageEvent, OimStageSummary } from '../events.ts';
import { hasEnded, stageNamed, type OimStage } from '../model/job.ts';
import { OimError } from '../oimError.ts';
import { followStage } from './followStage.ts';
import { orderStage } from './orderStage.ts';
import type { FollowSettings } from './settings.ts';
import { endText, hasFailedTests, logFileOf, missingText, reportPathOf, testsOf } from './words.ts';

export interface OimStageInput {
  readonly client: Pick<OimClient, 'job' | 'startStage' | 'upload'>;
  readonly jobId: string;
  readonly imageGroup: string;
  readonly request: StageRequest;
  /** False: the stage was seen running and nobody agreed to another attempt, so it is followed even if it has ended. */
  readonly mayOrder: boolean;
  /** Uploaded to the job before the stage is ordered: deploy's input files, the failed nodes before a restart's retry. */
  readonly files: readonly UploadFile[];
  readonly clock: Clock;
  readonly settings: FollowSettings;
  readonly emit: (event: OimStageEvent) => void;
  /** Ends the following; a stage that is ordered goes on on the management server. */
  readonly signal: AbortSignal;
}

/**
 * Runs a stage on the management server: uploads, orders, follows. A stage that is running already is followed, and
 * nothing is sent. Rejects with OimError only when the job cannot be read in the first place; what comes later is in
 * the summary.
 */
export async function runOimStage(input: OimStageInput): Promise<OimStageSummary> {
  const job = await input.client.job(input.jobId, input.signal);
  return new OimStageRun(input, stageNamed(job, input.request.stage)).run();
}

type Phase = 'before' | 'ordering' | 'ordered';

const lookText = 'Look at it with "buildstream status" before you run it again.';

class OimStageRun {
  readonly #input: OimStageInput;
  readonly #stage: StageName;
  readonly #before: OimStage | undefined;
  readonly #startMs: number;

  constructor(input: OimStageInput, before: OimStage | undefined) {
    this.#input = input;
    this.#stage = input.request.stage;
    this.#before = before;
    this.#startMs = input.clock.monotonic();
  }

  async run(): Promise<OimStageSummary> {
    const { imageGroup, jobId, emit, mayOrder } = this.#input;
    const isRunning = !mayOrder || this.#before?.state === 'IN_PROGRESS';
    const counts = { total: 0, finishedBefore: 0, resumed: isRunning };
    emit({ type: 'stage-started', at: this.#at(), stage: this.#stage, imageGroup, jobId, ...counts });
    const summary = await this.#carryOut(isRunning);
    if (summary.outcome !== 'succeeded')
      this.#note(summary.outcome === 'failed' ? 'error' : 'warning', summary.message);
    emit({ type: 'stage-finished', at: this.#at(), stage: this.#stage, ...summary });
    return summary;
  }

  async #carryOut(isRunning: boolean): Promise<OimStageSummary> {
    let phase: Phase = isRunning ? 'ordered' : 'before';
    try {
      if (isRunning) this.#note('info', `The ${this.#stage} stage is running already; it is followed.`);
      else {
        await this.#upload();
        // From here on nobody can take it back.
        phase = 'ordering';
        const outcome = await this.#order();
        if (outcome === 'unknown') return this.#summary('unknown', unknownText(this.#stage));
        if (outcome === 'not-seen') return this.#summary('not-started', notSeenText(this.#stage));
        this.#note('info', `The management server accepted the ${this.#stage} stage.`);
        phase = 'ordered';
      }
      return await this.#follow(isRunning);
    } catch (error) {
      if (this.#input.signal.aborted) return this.#stopped(phase);
      if (!(error instanceof OimError)) throw error;
      if (error instanceof OrderRefused) return this.#refused(error);
      if (phase === 'before') {
        return this.#summary('not-started', `Nothing was started. ${error.message}`, { errorCode: error.code });
      }
      return this.#summary('left-running', `The ${this.#stage} stage cannot be followed any more: ${error.message}`);
    }
  }

  async #upload(): Promise<void> {
    const { client, jobId, files, signal } = this.#input;
    if (files.length === 0) return;
    const { total, changed } = await client.upload(jobId, files, signal);
    this.#note('info', `Uploaded ${String(total)} input files, ${String(changed)} of them changed.`);
  }

  /** After a lost answer that left no trace in the job, the order is given once more. */
  async #order(): Promise<'accepted' | 'not-seen' | 'unknown'> {
    const { client, jobId, request, clock, settings, signal } = this.#input;
    const order = { client, jobId, request, before: this.#before, clock, settings };
    for (let attempt = 1; ; attempt++) {
      const answer = await orderStage(order, signal).catch((error: unknown) => {
        // Refused because it runs: the first order came through after all.
        if (attempt > 1 && OimError.is(error, 'conflict')) return { outcome: 'accepted', isSure: false } as const;
        throw error instanceof OimError ? new OrderRefused(error) : error;
      });
      if (answer.outcome === 'accepted' && !answer.isSure) {
        this.#note('warning', 'The answer to the order was lost; the job shows that the order arrived.');
      }
      if (answer.outcome !== 'not-seen' || attempt > 1) return answer.outcome;
      this.#note('warning', 'The answer to the order was lost, and the job shows nothing of it: it is sent once more.');
    }
  }

  async #follow(isRunning: boolean): Promise<OimStageSummary> {
    const { client, jobId, clock, settings, signal } = this.#input;
    const stage = await followStage(
      {
        client,
        jobId,
        stage: this.#stage,
        before: isRunning ? undefined : this.#before,
        clock,
        settings,
        onChange: (changed) => {
          this.#note('info', stateText(this.#stage, changed));
        },
        onOutage: (error) => {
          this.#note('warning', `The stage goes on, the API does not answer and is asked again: ${error.message}`);
        },
        onBack: () => {
          this.#note('info', 'The API answers again.');
        },
      },
      signal,
    );
    if (stage === undefined) return this.#summary('left-running', overdueText(this.#stage, settings.deadlineMs));
    const isGood = stage.state === 'SKIPPED' || (stage.state === 'COMPLETED' && !hasFailedTests(stage));
    return this.#summary(isGood ? 'succeeded' : 'failed', endText(this.#stage, stage), {
      attempt: stage.attempt,
      errorCode: stage.errorCode ?? '',
      logFile: logFileOf(stage),
      reportPath: reportPathOf(stage),
      tests: testsOf(stage),
    });
  }

  /** Says which stage is missing, as far as the job tells. */
  async #refused({ refusal }: OrderRefused): Promise<OimStageSummary> {
    const { client, jobId, signal } = this.#input;
    const isOrder = OimError.is(refusal, 'conflict', 'precondition');
    const job = isOrder ? await client.job(jobId, signal).catch(() => undefined) : undefined;
    const missing = job === undefined ? undefined : missingText(job, this.#stage);
    const message = [`Nothing was started. ${refusal.message}`, missing].filter((text) => text !== undefined).join(' ');
    return this.#summary('not-started', message, { errorCode: refusal.code });
  }

  #stopped(phase: Phase): OimStageSummary {
    switch (phase) {
      case 'before':
        return this.#summary('not-started', 'Stopped before the stage was ordered; nothing was started.');
      case 'ordering':
        return this.#summary('unknown', `Stopped while the stage was ordered. ${lookText}`);
      case 'ordered':
        return this.#summary('left-running', `No longer followed. ${leftText(this.#stage)}`);
    }
  }

  #summary(outcome: OimOutcome, message: string, more: Partial<OimStageSummary> = {}): OimStageSummary {
    const nothing = { attempt: undefined, errorCode: '', logFile: undefined, reportPath: undefined, tests: undefined };
    const durationMs = Math.round(this.#input.clock.monotonic() - this.#startMs);
    return { backend: 'oim', outcome, message, ...nothing, ...more, durationMs };
  }

  #note(level: StageNote['level'], text: string): void {
    this.#input.emit({ type: 'stage-note', at: this.#at(), stage: this.#stage, level, text });
  }

  #at(): string {
    return new Date(this.#input.clock.now()).toISOString();
  }
}

/** The API did not take the order, or it was certainly not sent. */
class OrderRefused extends OimError {
  readonly refusal: OimError;

  constructor(refusal: OimError) {
    super(refusal.reason, refusal.message, { code: refusal.code, cause: refusal });
    this.refusal = refusal;
  }
}

function stateText(name: StageName, stage: OimStage): string {
  const attempt = stage.attempt === undefined ? '' : ` (attempt ${String(stage.attempt)})`;
  const log =
    stage.logFile === undefined || hasEnded(stage) ? '' : `; its log on the management server: ${stage.logFile}`;
  return `The ${name} stage is ${stage.state}${attempt}${log}.`;
}

function leftText(name: StageName): string {
  return `The ${name} stage goes on on the management server; the same command follows it again.`;
}

function overdueText(name: StageName, deadlineMs: number): string {
  return `Not finished within ${String(Math.round(deadlineMs / 60_000))} min. ${leftText(name)}`;
}

function unknownText(name: StageName): string {
  return (
    `The answer to the order was lost, and the API does not answer: nobody knows whether the ${name} stage runs. ` +
    lookText
  );
}

function notSeenText(name: StageName): string {
  return (
    `The ${name} stage was ordered twice, both answers were lost, and the job shows nothing of it. Check what lies ` +
    'between here and the API, then run it again.'
  );
}
