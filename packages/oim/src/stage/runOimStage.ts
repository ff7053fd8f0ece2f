import { inSentences, phrase, wordsOf, type Phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { StageNote } from '@omnia-buildstream/engine/stage/events';
import type { OimClient, StageRequest, UploadFile } from '../api/oimClient.ts';
import type { OimOutcome, OimStageEvent, OimStageSummary } from '../events.ts';
import { hasEnded, stageNamed, type OimJob, type OimStage } from '../model/job.ts';
import { OimError } from '../oimError.ts';
import { followStage } from './followStage.ts';
import { orderStage } from './orderStage.ts';
import { sendFiles } from './sendFiles.ts';
import { playbookLimitMs, type FollowSettings } from './settings.ts';
import { orderProblems } from './stageOrder.ts';
import { stageTexts } from './texts.ts';
import type { UploadLog } from './uploadLog.ts';
import { endPhrases, hasFailedTests, logFileOf, logPhrases, reportPathOf, testsOf } from './words.ts';

export interface OimStageInput {
  readonly client: Pick<OimClient, 'job' | 'nodeResults' | 'startStage' | 'upload'>;
  readonly jobId: string;
  readonly imageGroup: string;
  readonly request: StageRequest;
  /**
   * Whether the stage may be requested. False if it was seen running and the user did not agree to another attempt:
   * then it is followed even if it has ended.
   */
  readonly mayOrder: boolean;
  /** Uploaded to the job before the stage is requested, as Omnia's pipeline does (omnia.md section 3.3). */
  readonly files: readonly UploadFile[];
  readonly uploads: UploadLog;
  readonly clock: Clock;
  readonly settings: FollowSettings;
  readonly emit: (event: OimStageEvent) => void;
  /** Stops following; a stage that was requested keeps running on the management server. */
  readonly signal: AbortSignal;
}

/**
 * Runs a stage on the management server: checks that the earlier stages are done, uploads the files, requests the
 * stage, and follows it. If the stage is already running, it is only followed and nothing is sent.
 * @throws OimError only if the job cannot be read at the start; later errors are in the summary
 */
export async function runOimStage(input: OimStageInput): Promise<OimStageSummary> {
  const job = await input.client.job(input.jobId, input.signal);
  return new OimStageRun(input, job).run();
}

type Phase = 'before' | 'ordering' | 'ordered';

class OimStageRun {
  readonly #input: OimStageInput;
  readonly #stage: StageName;
  readonly #job: OimJob;
  readonly #before: OimStage | undefined;
  readonly #startMs: number;
  readonly #about: { readonly stage: StageName };

  constructor(input: OimStageInput, job: OimJob) {
    this.#input = input;
    this.#job = job;
    this.#stage = input.request.stage;
    this.#about = { stage: this.#stage };
    this.#before = stageNamed(job, this.#stage);
    this.#startMs = input.clock.monotonic();
  }

  async run(): Promise<OimStageSummary> {
    const { imageGroup, jobId, emit, mayOrder } = this.#input;
    const isRunning = !mayOrder || this.#before?.state === 'IN_PROGRESS';
    const counts = { total: 0, finishedBefore: 0, resumed: isRunning };
    emit({ type: 'stage-started', at: this.#at(), stage: this.#stage, imageGroup, jobId, ...counts });
    const summary = await this.#carryOut(isRunning);
    if (summary.outcome !== 'succeeded') this.#note(summary.outcome === 'failed' ? 'error' : 'warning', summary.said);
    emit({ type: 'stage-finished', at: this.#at(), stage: this.#stage, ...summary });
    return summary;
  }

  async #carryOut(isRunning: boolean): Promise<OimStageSummary> {
    let phase: Phase = isRunning ? 'ordered' : 'before';
    try {
      if (isRunning) this.#note('info', phrase(stageTexts.running, this.#about));
      else {
        const problems = orderProblems(this.#job, this.#stage);
        if (problems.length > 0) return this.#summary('not-started', [phrase(stageTexts.notStarted), ...problems]);
        await this.#upload();
        // From here on, the request cannot be withdrawn.
        phase = 'ordering';
        const unknown = await this.#order();
        if (unknown !== undefined) return this.#summary('unknown', unknown);
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
    const { client, files, request, uploads, signal } = this.#input;
    const said = await sendFiles({ client, job: this.#job, request, files, uploads }, signal);
    if (said !== undefined) this.#note('info', said);
  }

  /** Undefined if the API accepted the request, otherwise what is known. */
  async #order(): Promise<readonly Phrase[] | undefined> {
    const { client, jobId, request, uploads, clock, settings, signal } = this.#input;
    const order = { client, jobId, request, before: this.#before, clock, settings };
    await uploads.ordering(jobId, { stage: this.#stage, at: clock.now() }, this.#before);
    const answer = await orderStage(order, signal).catch(async (error: unknown) => {
      if (!(error instanceof OimError)) throw error;
      await uploads.answered(jobId);
      throw new OrderRefused(error);
    });
    if (answer.outcome === 'accepted') {
      await uploads.answered(jobId);
      if (!answer.isSure) this.#note('warning', phrase(stageTexts.arrived));
      return undefined;
    }
    const text = answer.outcome === 'not-seen' ? stageTexts.notSeen : stageTexts.unknown;
    return [phrase(text, this.#about), ...answer.why.phrases];
  }

  async #follow(isRunning: boolean): Promise<OimStageSummary> {
    const { client, jobId, clock, request, settings, signal } = this.#input;
    const limitMs = playbookLimitMs(request);
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
        limitMs,
        onStuck: (runsMs) => {
          const minutes = Math.floor(runsMs / 60_000);
          this.#note(
            'warning',
            phrase(stageTexts.stuck, { ...this.#about, minutes, limit: Math.round(limitMs / 60_000) }),
          );
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
    if (stage.name === 'deploy' && stage.state === 'COMPLETED' && !isRunning) await this.#deployed(stage);
    const nodes = await this.#nodesOf(stage);
    return this.#summary(isGood ? 'succeeded' : 'failed', endPhrases(this.#stage, stage, nodes), {
      attempt: stage.attempt,
      errorCode: stage.errorCode ?? '',
      logFile: logFileOf(stage),
      reportPath: reportPathOf(stage),
      tests: testsOf(stage),
      nodes,
    });
  }

  async #deployed({ endedAt }: OimStage): Promise<void> {
    const { jobId, files, uploads } = this.#input;
    await uploads.deployed(jobId, files, endedAt);
  }

  /** The results of this attempt for each node; those of an earlier attempt are ignored. */
  async #nodesOf({ name, startedAt }: OimStage): Promise<OimStageSummary['nodes']> {
    if (name !== 'restart' || startedAt === undefined) return undefined;
    const { client, jobId, signal } = this.#input;
    const results = await client.nodeResults(jobId, signal).catch((error: unknown) => {
      // The stage has ended, even if the user stops following it now.
      if (signal.aborted) return undefined;
      throw error;
    });
    if (results?.at === undefined) return undefined;
    // The time of the results has no fractions of a second.
    if (results.at >= Math.floor(startedAt / 1000) * 1000) return results.nodes;
    this.#note('warning', phrase(stageTexts.oldResults, { date: new Date(results.at).toISOString() }));
    return undefined;
  }

  /** Reports which stage is missing, if the job shows that. */
  async #refused({ refusal }: OrderRefused): Promise<OimStageSummary> {
    const { client, jobId, signal } = this.#input;
    const isOrder = OimError.is(refusal, 'conflict', 'precondition');
    const job = isOrder ? await client.job(jobId, signal).catch(() => undefined) : undefined;
    const missing = job === undefined ? [] : orderProblems(job, this.#stage);
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
    const none = { logFile: undefined, reportPath: undefined, tests: undefined, nodes: undefined };
    const nothing = { attempt: undefined, errorCode: '', ...none };
    const durationMs = Math.round(this.#input.clock.monotonic() - this.#startMs);
    const said = inSentences(phrases);
    return { backend: 'oim', outcome, message: wordsOf(said), said, ...nothing, ...more, durationMs };
  }

  #note(level: StageNote['level'], ...phrases: readonly Said[]): void {
    const said = inSentences(phrases);
    this.#input.emit({ type: 'stage-note', at: this.#at(), stage: this.#stage, level, text: wordsOf(said), said });
  }

  #at(): string {
    return new Date(this.#input.clock.now()).toISOString();
  }
}

/** The API did not accept the request, or the request was certainly not sent. */
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
