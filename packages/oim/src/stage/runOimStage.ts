import { phrase, sentencesOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { StageNote } from '@omnia-buildstream/engine/stage/events';
import type { OimClient, StageRequest, UploadFile } from '../api/oimClient.ts';
import type { OimOutcome, OimStageEvent, OimStageSummary } from '../events.ts';
import { hasEnded, stageNamed, type OimStage } from '../model/job.ts';
import { OimError } from '../oimError.ts';
import { followStage } from './followStage.ts';
import { orderStage } from './orderStage.ts';
import type { FollowSettings } from './settings.ts';
import { stageTexts } from './texts.ts';
import { endPhrases, hasFailedTests, logFileOf, logPhrases, missingPhrases, reportPathOf, testsOf } from './words.ts';

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

class OimStageRun {
  readonly #input: OimStageInput;
  readonly #stage: StageName;
  readonly #before: OimStage | undefined;
  readonly #startMs: number;
  readonly #about: { readonly stage: StageName };

  constructor(input: OimStageInput, before: OimStage | undefined) {
    this.#input = input;
    this.#stage = input.request.stage;
    this.#about = { stage: this.#stage };
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
      this.#note(summary.outcome === 'failed' ? 'error' : 'warning', ...summary.phrases);
    emit({ type: 'stage-finished', at: this.#at(), stage: this.#stage, ...summary });
    return summary;
  }

  async #carryOut(isRunning: boolean): Promise<OimStageSummary> {
    let phase: Phase = isRunning ? 'ordered' : 'before';
    try {
      if (isRunning) this.#note('info', phrase(stageTexts.running, this.#about));
      else {
        await this.#upload();
        // From here on nobody can take it back.
        phase = 'ordering';
        const outcome = await this.#order();
        if (outcome === 'unknown') return this.#summary('unknown', [phrase(stageTexts.unknown, this.#about)]);
        if (outcome === 'not-seen') return this.#summary('not-started', [phrase(stageTexts.notSeen, this.#about)]);
        this.#note('info', phrase(stageTexts.accepted, this.#about));
        phase = 'ordered';
      }
      return await this.#follow(isRunning);
    } catch (error) {
      if (this.#input.signal.aborted) return this.#stopped(phase);
      if (!(error instanceof OimError)) throw error;
      if (error instanceof OrderRefused) return this.#refused(error);
      if (phase === 'before') {
        return this.#summary('not-started', notStarted(error), { errorCode: error.code });
      }
      return this.#summary('left-running', [phrase(stageTexts.lost, this.#about), ...error.phrases]);
    }
  }

  async #upload(): Promise<void> {
    const { client, jobId, files, signal } = this.#input;
    if (files.length === 0) return;
    const { total, changed } = await client.upload(jobId, files, signal);
    this.#note('info', phrase(stageTexts.uploaded, { total, changed }));
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
        this.#note('warning', phrase(stageTexts.arrived));
      }
      if (answer.outcome !== 'not-seen' || attempt > 1) return answer.outcome;
      this.#note('warning', phrase(stageTexts.orderedAgain));
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
          this.#note('info', ...statePhrases(this.#stage, changed));
        },
        onOutage: (error) => {
          this.#note('warning', phrase(stageTexts.outage), ...error.phrases);
        },
        onBack: () => {
          this.#note('info', phrase(stageTexts.answersAgain));
        },
      },
      signal,
    );
    if (stage === undefined) {
      const overdue = phrase(stageTexts.overdue, { minutes: Math.round(settings.deadlineMs / 60_000) });
      return this.#summary('left-running', [overdue, phrase(stageTexts.goesOn, this.#about)]);
    }
    const isGood = stage.state === 'SKIPPED' || (stage.state === 'COMPLETED' && !hasFailedTests(stage));
    return this.#summary(isGood ? 'succeeded' : 'failed', endPhrases(this.#stage, stage), {
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
    const missing = job === undefined ? [] : missingPhrases(job, this.#stage);
    return this.#summary('not-started', [...notStarted(refusal), ...missing], { errorCode: refusal.code });
  }

  #stopped(phase: Phase): OimStageSummary {
    switch (phase) {
      case 'before':
        return this.#summary('not-started', [phrase(stageTexts.stoppedBefore)]);
      case 'ordering':
        return this.#summary('unknown', [phrase(stageTexts.stoppedOrdering)]);
      case 'ordered':
        return this.#summary('left-running', [
          phrase(stageTexts.stoppedFollowing),
          phrase(stageTexts.goesOn, this.#about),
        ]);
    }
  }

  #summary(outcome: OimOutcome, phrases: readonly Phrase[], more: Partial<OimStageSummary> = {}): OimStageSummary {
    const nothing = { attempt: undefined, errorCode: '', logFile: undefined, reportPath: undefined, tests: undefined };
    const durationMs = Math.round(this.#input.clock.monotonic() - this.#startMs);
    return { backend: 'oim', outcome, message: sentencesOf(phrases), phrases, ...nothing, ...more, durationMs };
  }

  #note(level: StageNote['level'], ...phrases: readonly Phrase[]): void {
    const text = sentencesOf(phrases);
    this.#input.emit({ type: 'stage-note', at: this.#at(), stage: this.#stage, level, text, phrases });
  }

  #at(): string {
    return new Date(this.#input.clock.now()).toISOString();
  }
}

/** The API did not take the order, or it was certainly not sent. */
class OrderRefused extends OimError {
  readonly refusal: OimError;

  constructor(refusal: OimError) {
    super(refusal.reason, refusal.phrases, { code: refusal.code, cause: refusal });
    this.refusal = refusal;
  }
}

function notStarted({ phrases }: OimError): Phrase[] {
  return [phrase(stageTexts.notStarted), ...phrases];
}

function statePhrases(name: StageName, stage: OimStage): Phrase[] {
  const { state, attempt } = stage;
  const about = { stage: name, state };
  return [
    attempt === undefined ? phrase(stageTexts.state, about) : phrase(stageTexts.stateOfAttempt, { ...about, attempt }),
    ...(stage.logFile === undefined || hasEnded(stage) ? [] : logPhrases(stage)),
  ];
}
