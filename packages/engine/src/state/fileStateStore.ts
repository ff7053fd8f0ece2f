import { isDeepStrictEqual } from 'node:util';
import { noFailedNodes, readFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import type { FailedNodes, StateFileReading } from '@omnia-buildstream/core/failedNodes/types';
import { emptyRestartState, readRestartState, type RestartState } from '@omnia-buildstream/core/plan/restartState';
import { isIdentifier } from '../files/fileName.ts';
import type { FileSystem } from '../files/fileSystem.ts';
import { OwnFolder } from '../files/ownFolder.ts';
import type { FoundState, StateStore } from '../ports/stateStore.ts';
import { StateError } from '../ports/stateError.ts';
import { lastRunOf, withResults } from './interruptedRun.ts';
import { Journal } from './journal.ts';
import { readJournal, type JournalRecord } from './journalRecord.ts';
import { heldNow, releaseLock, takeLock } from './lock.ts';
import type { ProcessTable } from './processIdentity.ts';
import { stateError } from './stateError.ts';
import { renderStateFiles, stateFileNames, type StateFiles } from './stateFiles.ts';

const names = stateFileNames;

/** Where state lies, and how it is reached. */
export interface StatePlace {
  /** Absolute. */
  readonly folder: string;
  /** Absolute: below it no symbolic link is followed. The folder itself unless it is named. */
  readonly within?: string;
}

/** State in a folder: Omnia's three files, our journal and lock. Omnia's folder of a job can be taken as it is. */
export class FileStateStore implements StateStore {
  readonly found: FoundState;
  readonly #folder: OwnFolder;
  readonly #processes: ProcessTable;
  readonly #journal: Journal;
  #isHeld = false;

  /** Reads the folder, which need not be there, and changes nothing. Rejects with `locked` while a run works with it. */
  static async open(place: StatePlace, fs: FileSystem, processes: ProcessTable): Promise<FileStateStore> {
    const folder = new OwnFolder(place.folder, fs, place.within);
    try {
      const refusal = await heldNow(folder, names.lock, processes);
      if (refusal !== undefined) throw refusal;
      return new FileStateStore(folder, processes, await stateIn(folder));
    } catch (error) {
      throw stateError(error, `The state folder ${place.folder} cannot be read`);
    }
  }

  private constructor(folder: OwnFolder, processes: ProcessTable, found: FoundState) {
    this.#folder = folder;
    this.#processes = processes;
    this.#journal = new Journal(folder, names.journal);
    this.found = found;
  }

  async hold(): Promise<void> {
    if (this.#isHeld) return;
    try {
      await this.#folder.make();
      await takeLock(this.#folder, names.lock, this.#processes);
      this.#isHeld = true;
      await this.#folder.sweep();
      await this.#journal.mend();
    } catch (error) {
      throw stateError(error, `The state folder ${this.#folder.path} cannot be used`);
    }
    if (isDeepStrictEqual(await stateIn(this.#folder), this.found)) return;
    const what = `The state in ${this.#folder.path} was changed after the plan was made`;
    throw new StateError('changed', `${what}. Nothing was touched; run it again to see the plan of now.`);
  }

  async begin(record: JournalRecord): Promise<void> {
    try {
      await this.#journal.begin(record);
    } catch (error) {
      throw stateError(error, `${this.#folder.fileOf(names.journal)} cannot be written`);
    }
  }

  append(record: JournalRecord): Promise<void> {
    return this.#journal.append(record);
  }

  async write(files: StateFiles): Promise<void> {
    for (const [name, text] of renderStateFiles(files)) {
      try {
        await this.#folder.replace(new Map([[name, text]]));
      } catch (error) {
        throw stateError(error, `${this.#folder.fileOf(name)} cannot be written`);
      }
    }
  }

  async close(): Promise<void> {
    await this.#journal.close().catch(() => undefined);
    if (!this.#isHeld) return;
    this.#isHeld = false;
    await releaseLock(this.#folder, names.lock, this.#processes).catch(() => undefined);
  }
}

/** State as it is seen without holding it: for plans and trees. */
export interface SeenState extends FoundState {
  /** A run works with it, as far as can be told from here. */
  readonly isInUse: boolean;
}

/** Reads a state folder and changes nothing. Rejects with StateError. */
export async function readState(place: StatePlace, fs: FileSystem, processes: ProcessTable): Promise<SeenState> {
  const folder = new OwnFolder(place.folder, fs, place.within);
  try {
    const isInUse = (await heldNow(folder, names.lock, processes)) !== undefined;
    return { ...(await stateIn(folder)), isInUse };
  } catch (error) {
    throw stateError(error, `The state folder ${place.folder} cannot be read`);
  }
}

async function stateIn(folder: OwnFolder): Promise<FoundState> {
  const text = (await folder.read(names.journal)) ?? '';
  return foundIn(readJournal(text), await readFiles(folder));
}

interface Files {
  readonly restartState: RestartState;
  readonly failedNodes: FailedNodes;
}

async function readFiles(folder: OwnFolder): Promise<Files> {
  const state = await readJson(folder, names.restartState);
  const failed = await readJson(folder, names.failedNodes);
  return {
    restartState: state === undefined ? emptyRestartState : valueOf(readRestartState(state), names.restartState),
    failedNodes: failed === undefined ? noFailedNodes : valueOf(readFailedNodes(failed), names.failedNodes),
  };
}

async function readJson(folder: OwnFolder, name: string): Promise<unknown> {
  const text = await folder.read(name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new StateError(
      'unreadable',
      `${folder.fileOf(name)} is not JSON. Repair it before the nodes are touched.`,
      error,
    );
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
  if (last === undefined) {
    const { jobId = '' } = failedNodes;
    return { restartState, failedNodes, jobId: isIdentifier(jobId) ? jobId : undefined, interrupted: undefined };
  }
  const { run, isOpen } = last;
  const { jobId } = run;
  const named = { ...restartState, imageGroup: run.imageGroup };
  if (!isOpen) return { restartState: named, failedNodes, jobId, interrupted: undefined };
  return { ...withResults(named, failedNodes, run), jobId, interrupted: run };
}
