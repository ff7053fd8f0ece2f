import type { Answer, Author, HistoryRecord, RunBegun } from '@omnia-buildstream/core/history/historyRecord';
import { historyName } from '@omnia-buildstream/core/history/runNames';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { HistoryFile } from '@omnia-buildstream/engine/history/historyFile';
import { withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { Machine } from '../machine.ts';
import type { OthersWatch } from '../others/besideOthers.ts';
import type { HistoryPlace } from './historyPlace.ts';

/** Where and by whom a run is recorded, and how the user agreed to it. */
export interface Recorded {
  readonly place: HistoryPlace;
  readonly by: Author;
  readonly answers: readonly Answer[];
  /** Where to check for other runs once more. */
  readonly others: OthersWatch;
  /** Called once if the history could not be written completely. */
  readonly failed: (error: unknown) => void;
}

export type RecordingMachine = Pick<Machine, 'clock' | 'fs' | 'newId' | 'processes' | 'runsFolder'>;

/**
 * Maximum time for which an unresponsive disk delays the end of a run. Measured by the system clock, because the disk
 * is real. Node.js keeps a process alive while one of its disk operations hangs, so the command line finishes
 * everything else by then and exits once the disk responds.
 */
const mostMs = 5_000;

/**
 * The history of one run, written while the run progresses and begun with the first record. Failures to write it do not
 * affect the run.
 */
export class Recording {
  readonly #begun: (id: string, at: string) => RunBegun;
  readonly #recorded: Pick<Recorded, 'place' | 'failed'>;
  readonly #machine: RecordingMachine;
  /** ID of the run in its history. */
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
      // If the file is whole, only closing it is late and nothing is missing.
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
