import type { EngineState } from '@omnia-buildstream/core/restart/engineState';
import type { JournalRecord } from '@omnia-buildstream/core/restart/journalRecord';
import type { StateFiles } from '../state/stateFiles.ts';

/**
 * The state of one job. It is only read until it is held: a plan and its question change nothing.
 * @throws StateError from each method
 */
export interface StateStore {
  readonly found: EngineState;
  /**
   * From here on the state belongs to this process alone, until it is closed; once is enough.
   * @throws StateError `locked`, or `changed` when it is not what `found` says any more
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
