import { noFailedNodes, readFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import type { FailedNodes, StateFileReading } from '@omnia-buildstream/core/failedNodes/types';
import { emptyRestartState, readRestartState, type RestartState } from '@omnia-buildstream/core/plan/restartState';
import { StateError, type FoundState, type StateStore } from '../ports/stateStore.ts';
import { lastRunOf, withResults } from './interruptedRun.ts';
import { Journal } from './journal.ts';
import { readJournal, type JournalRecord } from './journalRecord.ts';
import { releaseLock, takeLock } from './lock.ts';
import type { ProcessTable } from './processIdentity.ts';
import { renderStateFiles, stateFileNames, type StateFiles } from './stateFiles.ts';
import { readIfThere, replaceText, stateError, type StateFs } from './stateFs.ts';

const names = stateFileNames;

/** State in a folder: Omnia's three files, our journal and lock. Omnia's folder of a job can be taken as it is. */
export class FileStateStore implements StateStore {
  readonly found: FoundState;
  readonly #fs: StateFs;
  readonly #folder: string;
  readonly #processes: ProcessTable;
  readonly #journal: Journal;

  /** Locks the folder, which is made when it is not there, and reads it. */
  static async open(folder: string, fs: StateFs, processes: ProcessTable): Promise<FileStateStore> {
    const lock = `${folder}/${names.lock}`;
    try {
      await fs.mkdir(folder, { recursive: true });
      await takeLock(fs, lock, processes);
    } catch (error) {
      throw stateError(error, `The state folder ${folder} cannot be used`);
    }
    try {
      const journal = new Journal(fs, folder, names.journal);
      const found = foundIn(await journal.read(), await readFiles(folder, fs));
      return new FileStateStore(folder, fs, processes, journal, found);
    } catch (error) {
      await releaseLock(fs, lock, processes).catch(() => undefined);
      throw stateError(error, `The state folder ${folder} cannot be read`);
    }
  }

  private constructor(folder: string, fs: StateFs, processes: ProcessTable, journal: Journal, found: FoundState) {
    this.#folder = folder;
    this.#fs = fs;
    this.#processes = processes;
    this.#journal = journal;
    this.found = found;
  }

  async begin(record: JournalRecord): Promise<void> {
    try {
      await this.#journal.begin(record);
    } catch (error) {
      throw stateError(error, `${this.#folder}/${names.journal} cannot be written`);
    }
  }

  append(record: JournalRecord): Promise<void> {
    return this.#journal.append(record);
  }

  async write(files: StateFiles): Promise<void> {
    for (const [name, text] of renderStateFiles(files)) {
      try {
        await replaceText(this.#fs, this.#folder, name, text);
      } catch (error) {
        throw stateError(error, `${this.#folder}/${name} cannot be written`);
      }
    }
  }

  async close(): Promise<void> {
    await this.#journal.close().catch(() => undefined);
    await releaseLock(this.#fs, `${this.#folder}/${names.lock}`, this.#processes).catch(() => undefined);
  }
}

/** Reads a state folder without locking or changing it: for plans and trees. */
export async function readState(folder: string, fs: StateFs): Promise<FoundState> {
  const text = (await readIfThere(fs, `${folder}/${names.journal}`)) ?? '';
  return foundIn(readJournal(text), await readFiles(folder, fs));
}

interface Files {
  readonly restartState: RestartState;
  readonly failedNodes: FailedNodes;
}

async function readFiles(folder: string, fs: StateFs): Promise<Files> {
  const state = await readJson(`${folder}/${names.restartState}`, fs);
  const failed = await readJson(`${folder}/${names.failedNodes}`, fs);
  return {
    restartState: state === undefined ? emptyRestartState : valueOf(readRestartState(state), names.restartState),
    failedNodes: failed === undefined ? noFailedNodes : valueOf(readFailedNodes(failed), names.failedNodes),
  };
}

async function readJson(file: string, fs: StateFs): Promise<unknown> {
  const text = await readIfThere(fs, file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new StateError('unreadable', `${file} is not JSON. Repair it before the nodes are touched.`, error);
  }
}

function valueOf<T>(reading: StateFileReading<T>, name: string): T {
  if (reading.problems === undefined) return reading.value;
  const [first] = reading.problems;
  const place = first !== undefined && 'index' in first ? ` (entry ${String(first.index + 1)})` : '';
  throw new StateError(
    'unreadable',
    `${name}: ${(first?.reason ?? '').replaceAll('-', ' ')}${place}. Repair it first.`,
  );
}

/** What the files say, the last journal read into it. */
function foundIn(records: readonly JournalRecord[], { restartState, failedNodes }: Files): FoundState {
  const last = lastRunOf(records);
  if (last === undefined) return { restartState, failedNodes, jobId: failedNodes.jobId, interrupted: undefined };
  const { run, isOpen } = last;
  const named = { ...restartState, imageGroup: run.imageGroup };
  if (!isOpen) return { restartState: named, failedNodes, jobId: run.jobId, interrupted: undefined };
  return { ...withResults(named, failedNodes, run), jobId: run.jobId, interrupted: run };
}
