import type { Answer, Author, HistoryRecord, RunBegun } from '@omnia-buildstream/core/history/historyRecord';
import { historyName } from '@omnia-buildstream/core/history/runNames';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { HistoryFile } from '@omnia-buildstream/engine/history/historyFile';
import { withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { Machine } from '../machine.ts';
import type { OthersWatch } from '../others/besideOthers.ts';
import type { HistoryPlace } from './historyPlace.ts';

/** Where and by whom a run is recorded, and how it was agreed to. */
export interface Recorded {
  readonly place: HistoryPlace;
  readonly by: Author;
  readonly answers: readonly Answer[];
  /** Where others are looked for once more. */
  readonly others: OthersWatch;
  /** Told once when not all of the history could be written. */
  readonly failed: (error: unknown) => void;
}

export type RecordingMachine = Pick<Machine, 'clock' | 'fs' | 'newId' | 'processes' | 'runsFolder'>;

/**
 * A disk that does not answer holds the end of a run up for no longer. By the clock of the machine, because the disk is
 * real. Node keeps a process while one of its operations on a disk hangs, so the command line is done with everything then,
 * and ends when the disk answers.
 */
const mostMs = 5_000;

/** The history of one run as it goes on: begun with the first record. Whatever becomes of it, the run is the same. */
export class Recording {
  readonly #begun: (id: string, at: string) => RunBegun;
  readonly #recorded: Pick<Recorded, 'place' | 'failed'>;
  readonly #machine: RecordingMachine;
  /** Of the run, as its history names it. */
  readonly id: string;
  #file: HistoryFile | undefined;

  constructor(
    begun: (id: string, at: string) => RunBegun,
    recorded: Pick<Recorded, 'place' | 'failed'>,
    machine: RecordingMachine,
  ) {
    this.#begun = begun;
    this.#recorded = recorded;
    this.#machine = machine;
    this.id = machine.newId();
  }

  get hasBegun(): boolean {
    return this.#file !== undefined;
  }

  /** ISO 8601. */
  now(): string {
    return new Date(this.#machine.clock.now()).toISOString();
  }

  add(...records: readonly HistoryRecord[]): void {
    const file = (this.#file ??= this.#open());
    for (const record of records) file.add(record);
  }

  /** Never rejects. */
  async close(): Promise<void> {
    const file = this.#file;
    if (file === undefined) return;
    const { failed } = this.#recorded;
    try {
      await withDeadline(systemClock, mostMs, new AbortController().signal, () => file.close());
      if (file.failure !== undefined) failed(file.failure);
    } catch (error) {
      // Only the closing is late: nothing is missing.
      if (!file.isWhole) failed(error);
    }
  }

  #open(): HistoryFile {
    const begun = this.#begun(this.id, this.now());
    const { folder, within } = this.#recorded.place;
    const own = new OwnFolder(folder, this.#machine.fs, within);
    const file = new HistoryFile(own, historyName(begun.at, begun.stage, this.id));
    file.add(begun);
    return file;
  }
}
