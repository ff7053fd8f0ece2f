import type { TestSummary } from '@omnia-buildstream/core/testReport/types';
import type { NodeResult } from './model/nodeResults.ts';
import type { StageFinished, StageNote, StageStarted, Worded } from '@omnia-buildstream/engine/stage/events';

/** What a stage says that the management server runs: the same events as the engine's own, node by node excepted. */
export type OimStageEvent = StageStarted | StageNote | (StageFinished & OimStageSummary);

export interface OimStageSummary extends Worded {
  readonly backend: 'oim';
  readonly outcome: OimOutcome;
  /** What happened and what to do, in English sentences. */
  readonly message: string;
  /** From 1; undefined when the API does not tell. */
  readonly attempt: number | undefined;
  /** `PLAYBOOK_FAILED`, …; empty when nothing failed. */
  readonly errorCode: string;
  /** Paths on the management server; undefined when the API names none. */
  readonly logFile: string | undefined;
  readonly reportPath: string | undefined;
  readonly tests: TestSummary | undefined;
  /** What the restart left of each node; undefined: the API does not tell. */
  readonly nodes: readonly NodeResult[] | undefined;
  readonly durationMs: number;
}

export type OimOutcome =
  | 'succeeded'
  | 'failed'
  /** The API refused, or certainly did not get the order: nothing runs. */
  | 'not-started'
  /** Nobody follows it any more, or the time for that was over; the stage keeps running on the management server. */
  | 'left-running'
  /** The order was sent, and nothing proves that the stage runs or does not. */
  | 'unknown';
