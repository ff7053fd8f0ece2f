import { phrase } from '@omnia-buildstream/core/text/phrase';
import { stateTexts } from './stateTexts.ts';
import { isDeepStrictEqual } from 'node:util';
import {
  readEngineState,
  stateFileNames,
  type EngineState,
  type EngineStateProblem,
} from '@omnia-buildstream/core/restart/engineState';
import type { JournalRecord } from '@omnia-buildstream/core/restart/journalRecord';
import type { FileSystem } from '../files/fileSystem.ts';
import { OwnFolder } from '../files/ownFolder.ts';
import type { StateStore } from '../ports/stateStore.ts';
import { StateError } from '../ports/stateError.ts';
import { Journal } from './journal.ts';
import { heldNow, releaseLock, takeLock } from './lock.ts';
import type { ProcessTable } from './processIdentity.ts';
import { stateError } from './stateError.ts';
import { renderStateFiles, type StateFiles } from './stateFiles.ts';

const names = stateFileNames;

/** Where the state is, and how it is reached. */
export interface StatePlace {
  /** Absolute. */
  readonly folder: string;
  /** Absolute: below it no symbolic link is followed. By default the folder itself. */
  readonly within?: string;
}

/** State in a folder: Omnia's three files, our journal and lock. Omnia's folder of a job can be used as it is. */
export class FileStateStore implements StateStore {
  readonly found: EngineState;
  readonly #folder: OwnFolder;
  readonly #processes: ProcessTable;
  readonly #journal: Journal;
  #isHeld = false;

  /** Reads the folder, which need not exist, and changes nothing. Rejects with `locked` while a run works with it. */
  static async open(place: StatePlace, fs: FileSystem, processes: ProcessTable): Promise<FileStateStore> {
    const folder = new OwnFolder(place.folder, fs, place.within);
    try {
      const refusal = await heldNow(folder, names.lock, processes);
      if (refusal !== undefined) throw refusal;
      return new FileStateStore(folder, processes, await stateIn(folder));
    } catch (error) {
      throw stateError(error, phrase(stateTexts.folderNotReadable, { folder: place.folder }));
    }
  }

  private constructor(folder: OwnFolder, processes: ProcessTable, found: EngineState) {
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
      throw stateError(error, phrase(stateTexts.folderNotUsable, { folder: this.#folder.path }));
    }
    if (isDeepStrictEqual(await stateIn(this.#folder), this.found)) return;
    throw new StateError('changed', phrase(stateTexts.changed, { folder: this.#folder.path }));
  }

  async begin(record: JournalRecord): Promise<void> {
    try {
      await this.#journal.begin(record);
    } catch (error) {
      throw stateError(error, phrase(stateTexts.notWritable, { file: this.#folder.fileOf(names.journal) }));
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
        throw stateError(error, phrase(stateTexts.notWritable, { file: this.#folder.fileOf(name) }));
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
export interface SeenState extends EngineState {
  /** A run works with it, as far as can be seen from here. */
  readonly isInUse: boolean;
}

/** Reads a state folder and changes nothing. @throws StateError */
export async function readState(place: StatePlace, fs: FileSystem, processes: ProcessTable): Promise<SeenState> {
  const folder = new OwnFolder(place.folder, fs, place.within);
  try {
    const isInUse = (await heldNow(folder, names.lock, processes)) !== undefined;
    return { ...(await stateIn(folder)), isInUse };
  } catch (error) {
    throw stateError(error, phrase(stateTexts.folderNotReadable, { folder: place.folder }));
  }
}

async function stateIn(folder: OwnFolder): Promise<EngineState> {
  const reading = readEngineState({
    journal: await folder.read(names.journal),
    restartState: await folder.read(names.restartState),
    failedNodes: await folder.read(names.failedNodes),
  });
  if ('state' in reading) return reading.state;
  throw unreadable(folder, reading.problem);
}

function unreadable(folder: OwnFolder, problem: EngineStateProblem): StateError {
  switch (problem.kind) {
    case 'not-json': {
      const what = phrase(stateTexts.notJson, { file: folder.fileOf(problem.file) });
      return new StateError('unreadable', what, problem.cause);
    }
    case 'shape': {
      const { reason, ...more } = problem.problem;
      const about = { file: problem.file, reason: reason.replaceAll('-', ' ') };
      const what =
        'index' in more
          ? phrase(stateTexts.shapeOfEntry, { ...about, number: more.index + 1 })
          : phrase(stateTexts.shape, about);
      return new StateError('unreadable', what);
    }
    case 'no-beginning': {
      return new StateError('unreadable', phrase(stateTexts.noBeginning));
    }
  }
}
