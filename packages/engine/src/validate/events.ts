import type { TestCase, TestSummary } from '@omnia-buildstream/core/testReport/types';
import type { StageFinished, StageNote, StageStarted, Worded } from '../stage/events.ts';

/**
 * What a validate stage reports while it is running. `total` of the first event counts our checks and Molecule as one;
 * the cases in Molecule's report come in addition, because nobody knows them before.
 */
export type ValidateEvent =
  | StageStarted<'validate'>
  | StageNote<'validate'>
  | CheckFinished
  | (StageFinished<'validate'> & ValidateSummary);

/** Title and advice are whole texts of a table, or of others; the message has something in it. */
export interface CheckFinished extends TestCase, Worded {
  readonly type: 'check-finished';
  readonly at: string;
  readonly stage: 'validate';
}

export interface ValidateSummary {
  readonly outcome: 'PASSED' | 'FAILED';
  readonly testSummary: TestSummary;
  /** Why not everything was tested. */
  readonly stopped: 'asked' | 'deadline' | undefined;
  readonly durationMs: number;
  /** Where the detailed report is. */
  readonly reportPath: string;
}
