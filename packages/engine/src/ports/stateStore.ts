import type { EngineState } from '@omnia-buildstream/core/restart/engineState';
import type { JournalRecord } from '@omnia-buildstream/core/restart/journalRecord';
import type { StateFiles } from '../state/stateFiles.ts';

/**
 * The state of one job. It is only read until the lock is held: a plan and its question change nothing.
 * @throws StateError from each method
 */
export interface StateStore {
  readonly found: EngineState;
  /**
   * From here on the state belongs to this process alone, until it is closed; calling it once is enough.
   * @throws StateError `locked`, or `changed` when it is not what `found` says any more
   */
  hold(): Promise<void>;
  /** Replaces the journal with a new one that begins with this record. Durable when resolved. */
  begin(record: JournalRecord): Promise<void>;
  /** Adds to the journal. Durable when resolved. */
  append(record: JournalRecord): Promise<void>;
  /** Replaces Omnia's three files, each atomically. */
  write(files: StateFiles): Promise<void>;
  /** Releases the state. Never rejects. */
  close(): Promise<void>;
}
