/** How one test of the validate stage ended. `error`: it could not be carried out, so nobody knows. */
export type TestOutcome = 'passed' | 'failed' | 'skipped' | 'error';

/** Counts of a stage's tests, with Omnia's names. */
export interface TestSummary {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly errors: number;
}

export interface TestCase {
  /** Stable from run to run. */
  readonly id: string;
  readonly title: string;
  /** Node it is about; empty when it is about none in particular. */
  readonly hostname: string;
  readonly outcome: TestOutcome;
  readonly message: string;
  /** What to do; empty when there is nothing to do. */
  readonly advice: string;
  readonly durationMs: number;
}

/** What `test_report.json` of the validate stage says (omnia.md section 6), and the list of its tests. */
export interface TestReport {
  readonly jobId: string;
  readonly imageGroup: string;
  /** From 1. */
  readonly attempt: number;
  readonly startedAt: string;
  readonly outcome: 'PASSED' | 'FAILED';
  readonly exitCode: number;
  readonly summary: TestSummary;
  readonly durationMs: number;
  readonly artifactFolder: string;
  readonly logPath: string;
  readonly reportPath: string;
  readonly correlationId: string;
  /** Empty when it passed. */
  readonly errorMessage: string;
  readonly tests: readonly TestCase[];
}

export function summaryOf(tests: Iterable<Pick<TestCase, 'outcome'>>): TestSummary {
  const counts = { total: 0, passed: 0, failed: 0, skipped: 0, error: 0 };
  for (const { outcome } of tests) {
    counts.total++;
    counts[outcome]++;
  }
  const { error, ...others } = counts;
  return { ...others, errors: error };
}
