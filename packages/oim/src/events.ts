import type { TestSummary } from '@omnia-buildstream/core/testReport/types';
import type { NodeResult } from './model/nodeResults.ts';
import type { StageFinished, StageNote, StageStarted, Worded } from '@omnia-buildstream/engine/stage/events';

/**
 * Events of a stage that runs on the management server: the same as those of our own engine, except for the events of
 * single nodes.
 */
export type OimStageEvent = StageStarted | StageNote | (StageFinished & OimStageSummary);

export interface OimStageSummary extends Worded {
  readonly backend: 'oim';
  readonly outcome: OimOutcome;
  /** What happened and what to do, in English sentences. */
  readonly message: string;
  /** Counted from 1; undefined if the API does not report it. */
  readonly attempt: number | undefined;
  /** `PLAYBOOK_FAILED`, …; empty if nothing failed. */
  readonly errorCode: string;
  /** Paths on the management server; undefined if the API does not report them. */
  readonly logFile: string | undefined;
  readonly reportPath: string | undefined;
  readonly tests: TestSummary | undefined;
  /** The result of the restart for each node; undefined if the API does not report it. */
  readonly nodes: readonly NodeResult[] | undefined;
  readonly durationMs: number;
}

export type OimOutcome =
  | 'succeeded'
  | 'failed'
  /** The API refused the request or certainly did not receive it: nothing is running. */
  | 'not-started'
  /** The stage is no longer followed, or the time for that is over; it keeps running on the management server. */
  | 'left-running'
  /** The request was sent, but nothing shows whether the stage is running. */
  | 'unknown';
