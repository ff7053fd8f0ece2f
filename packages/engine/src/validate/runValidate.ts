import { wordsOf, type Said } from '@omnia-buildstream/core/text/phrase';
import { summaryOf, type TestCase, type TestReport, type TestSummary } from '@omnia-buildstream/core/testReport/types';
import type { Clock } from '../ports/clock.ts';
import type { ValidateEvent, ValidateSummary } from './events.ts';
import type { ReportFolder } from './report/attemptFolder.ts';
import { renderJunit, renderTestReport } from './report/render.ts';
import type { Validator } from './validator.ts';

export interface ValidateInput {
  readonly validators: readonly Validator[];
  readonly folder: ReportFolder;
  readonly clock: Clock;
  readonly stageLimitMs: number;
  readonly imageGroup: string;
  readonly jobId: string;
  /** Distinguishes this run from others in logs. */
  readonly runId: string;
  /** Lines for people at the start. */
  readonly notes: readonly Said[];
  readonly emit: (event: ValidateEvent) => void;
  /** Ends the stage; what was tested until then is reported. */
  readonly stop: AbortSignal;
}

/**
 * The validate stage: every validator in turn, then the report. It only reads on the nodes.
 * @throws StateError when the report cannot be kept
 */
export async function runValidate(input: ValidateInput): Promise<{ summary: ValidateSummary; report: TestReport }> {
  const { validators, folder, clock, imageGroup, jobId, emit } = input;
  const startMs = clock.monotonic();
  const startedAt = timeOf(clock);
  const tests: TestCase[] = [];
  const note = (level: 'info' | 'warning' | 'error', said: Said): void => {
    const text = wordsOf(said);
    folder.log(text);
    emit({ type: 'stage-note', at: timeOf(clock), stage: 'validate', level, text, said });
  };
  const finished = (test: TestCase, said: Said = test.message): void => {
    tests.push(test);
    folder.log(`${test.outcome.toUpperCase()} ${test.id}: ${test.message}`);
    emit({ type: 'check-finished', at: timeOf(clock), stage: 'validate', ...test, said });
  };
  const total = validators.reduce((sum, { count }) => sum + count, 0);
  const about = { imageGroup, jobId, total, finishedBefore: 0, resumed: false };
  emit({ type: 'stage-started', at: startedAt, stage: 'validate', ...about });
  for (const said of input.notes) note('info', said);
  const time = new StageTime(clock, input.stageLimitMs, input.stop);
  try {
    for (const validator of validators) await validator.run({ finished, note }, time.signal);
  } finally {
    time.end();
    await folder.closeLog();
  }
  const durationMs = Math.round(clock.monotonic() - startMs);
  const report = reportOf(input, { tests, stopped: time.stopped, startedAt, durationMs });
  await folder.write('junit', renderJunit(report));
  await folder.write('report', renderTestReport(report));
  const { outcome, summary: testSummary, reportPath } = report;
  const summary: ValidateSummary = { outcome, testSummary, stopped: time.stopped, durationMs, reportPath };
  emit({ type: 'stage-finished', at: timeOf(clock), stage: 'validate', ...summary });
  return { summary, report };
}

/** A signal that aborts when somebody asks for it, or when the time of the stage is over. */
class StageTime {
  readonly signal: AbortSignal;
  readonly #stop: AbortSignal;
  readonly #timer = new AbortController();
  readonly #late = new AbortController();

  constructor(clock: Clock, limitMs: number, stop: AbortSignal) {
    this.#stop = stop;
    this.signal = AbortSignal.any([stop, this.#late.signal]);
    clock.sleep(limitMs, this.#timer.signal).then(
      () => {
        this.#late.abort();
      },
      () => undefined,
    );
  }

  get stopped(): ValidateSummary['stopped'] {
    if (this.#late.signal.aborted) return 'deadline';
    return this.#stop.aborted ? 'asked' : undefined;
  }

  end(): void {
    this.#timer.abort();
  }
}

interface Results {
  readonly tests: readonly TestCase[];
  readonly stopped: ValidateSummary['stopped'];
  readonly startedAt: string;
  readonly durationMs: number;
}

/** Passed means: something was tested, to the end, and nothing failed. */
function reportOf({ folder, imageGroup, jobId, runId }: ValidateInput, results: Results): TestReport {
  const { tests, stopped, startedAt, durationMs } = results;
  const summary = summaryOf(tests);
  const errorMessage = faultOf(summary, stopped);
  return {
    jobId,
    imageGroup,
    attempt: folder.attempt,
    startedAt,
    outcome: errorMessage === '' ? 'PASSED' : 'FAILED',
    exitCode: errorMessage === '' ? 0 : 1,
    summary,
    durationMs,
    artifactFolder: folder.path,
    logPath: folder.fileOf('log'),
    reportPath: folder.fileOf('report'),
    correlationId: runId,
    errorMessage,
    tests,
  };
}

function faultOf({ passed, failed, errors, total }: TestSummary, stopped: Results['stopped']): string {
  if (stopped === 'deadline') return 'The stage ran out of time.';
  if (stopped === 'asked') return 'The stage was stopped.';
  const counts = [
    failed === 0 ? '' : `${String(failed)} failed`,
    errors === 0 ? '' : `${String(errors)} could not be carried out`,
  ];
  const faults = counts.filter((text) => text !== '').join(', ');
  if (faults !== '') return `Of ${String(total)} tests ${faults}.`;
  return passed === 0 ? 'Nothing was tested.' : '';
}

function timeOf(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
