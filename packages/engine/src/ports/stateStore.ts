import type { FailedNodes } from '@omnia-buildstream/core/failedNodes/types';
import type { RestartState } from '@omnia-buildstream/core/plan/restartState';
import type { JournalRecord } from '../state/journalRecord.ts';
import type { InterruptedRun } from '../state/interruptedRun.ts';
import type { StateFiles } from '../state/stateFiles.ts';

/** What a state folder says before a run. */
export interface FoundState {
  /** With the results of an interrupted run in it. */
  readonly restartState: RestartState;
  readonly failedNodes: FailedNodes;
  /** Job that the state belongs to; undefined when nothing says. */
  readonly jobId: string | undefined;
  /** A run that did not end: killed, or stopped at once. */
  readonly interrupted: InterruptedRun | undefined;
}

/**
 * The state of one job. It is only read until it is held: a plan and its question change nothing. Everything rejects
 * with StateError.
 */
export interface StateStore {
  readonly found: FoundState;
  /**
   * From here on the state belongs to this process alone, until it is closed; once is enough. Rejects with `locked`, or
   * with `changed` when it is not what `found` says any more.
   */
  hold(): Promise<void>;
  /** Replaces the journal by a new one that begins with this record. Durable when resolved. */
  begin(record: JournalRecord): Promise<void>;
  /** Adds to the journal. Durable when resolved. */
  append(record: JournalRecord): Promise<void>;
  /** Replaces Omnia's three files, each at one stroke. */
  write(files: StateFiles): Promise<void>;
  /** Gives the state free. Never rejects. */
  close(): Promise<void>;
}
