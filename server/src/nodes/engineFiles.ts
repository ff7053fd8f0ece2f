import { readEngineState, stateFileNames, type EngineState } from '@omnia-buildstream/core/restart/engineState';
import { engineStateFolder } from '@omnia-buildstream/core/nodes/projectPlaces';
import { projectFolderOf } from '@omnia-buildstream/core/mapping/projectFolder';
import type { FileSource } from '../files.ts';
import { pathOf, resolveUri, uriKey } from '../uris.ts';

/** For the editor to watch: what the stage engine writes while it runs, in whichever window or terminal. */
export const engineFileGlobs = [`**/${engineStateFolder}/{restart_state.json,restart_journal.ndjson}`] as const;

interface Read {
  readonly texts: readonly (string | undefined)[];
  readonly state: EngineState | undefined;
}

/** Whether a file lies where the stage engine keeps its state. */
export function isEngineFile(uri: string): boolean {
  return pathOf(uri).includes(`/${engineStateFolder}/`);
}

/** The state folders of the stage engine in the projects of mapping files, read when they are asked for. */
export class EngineFiles {
  readonly #files: FileSource;
  /** failed_nodes.json as it is in the editor, where it is open. */
  readonly #openText: (uri: string) => string | undefined;
  readonly #texts = new Map<string, Promise<string | undefined>>();
  /** The same object for the same texts: whoever keeps an index of it keeps it. */
  readonly #read = new Map<string, Read>();

  constructor(files: FileSource, openText: (uri: string) => string | undefined) {
    this.#files = files;
    this.#openText = openText;
  }

  forget(uri: string): void {
    this.#texts.delete(uriKey(uri));
  }

  forgetAll(): void {
    this.#texts.clear();
  }

  /** What the stage engine left in the project of a mapping file; undefined: nothing that can be read. */
  async of(mappingUri: string): Promise<EngineState | undefined> {
    const root = '../'.repeat(projectFolderOf(pathOf(mappingUri))?.depth ?? 0);
    const folder = resolveUri(`${root}${engineStateFolder}/`, mappingUri);
    if (folder === undefined) return undefined;
    const names = [stateFileNames.journal, stateFileNames.restartState, stateFileNames.failedNodes];
    const texts = await Promise.all(names.map((name) => this.#text(folder + name)));
    const key = uriKey(folder);
    const before = this.#read.get(key);
    if (before !== undefined && texts.every((text, index) => text === before.texts[index])) return before.state;
    const state = stateIn(texts);
    this.#read.set(key, { texts, state });
    return state;
  }

  async #text(uri: string): Promise<string | undefined> {
    const open = this.#openText(uri);
    if (open !== undefined) return open;
    const key = uriKey(uri);
    let found = this.#texts.get(key);
    if (found === undefined) this.#texts.set(key, (found = this.#files.read(uri)));
    return found;
  }
}

/** A state that cannot be read tells nothing here; a run says why it refuses it. */
function stateIn([journal, restartState, failedNodes]: readonly (string | undefined)[]): EngineState | undefined {
  if (journal === undefined && restartState === undefined && failedNodes === undefined) return undefined;
  const reading = readEngineState({ journal, restartState, failedNodes });
  return 'state' in reading ? reading.state : undefined;
}
