import { readEngineState, stateFileNames, type EngineState } from '@omnia-buildstream/core/restart/engineState';
import { engineStateFolder, toldListPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import { projectFolderOf } from '@omnia-buildstream/core/mapping/projectFolder';
import type { FileSource } from '../files.ts';
import { baseName, pathOf, resolvePath, uriKey } from '../uris.ts';

const { restartState, journal, failedNodes } = stateFileNames;

/**
 * Globs for the editor to watch: what the stage engine writes while it runs, in any window or terminal, and in any
 * folder of the workspace that the settings name.
 */
export const engineFileGlobs = [`**/{${restartState},${journal}}`, `**/${toldListPlace}`] as const;

interface Read {
  readonly texts: readonly (string | undefined)[];
  readonly state: EngineState | undefined;
}

/** Whether a file is one that only we write, or is where the stage engine usually keeps its state. */
export function isEngineFile(uri: string): boolean {
  const isNamed = [restartState, journal].some((name) => name === baseName(uri));
  return isNamed || pathOf(uri).includes(`/${engineStateFolder}/`) || pathOf(uri).endsWith(`/${toldListPlace}`);
}

/** The stage engine's state folders in the projects of mapping files, read on demand. */
export class EngineFiles {
  readonly #files: FileSource;
  /** The editor's text of failed_nodes.json if the file is open. */
  readonly #openText: (uri: string) => string | undefined;
  readonly #texts = new Map<string, Promise<string | undefined>>();
  /** The same texts give the same object, so that an index built for it can be kept. */
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

  /** Whether a failed nodes list is in a state folder and thus is the stage engine's own. */
  isList(uri: string): boolean {
    return isEngineFile(uri) || [...this.#read.keys()].some((folder) => uriKey(uri) === folder + failedNodes);
  }

  /**
   * The stage engine's state for the project of a mapping file. Undefined if there is none that can be read.
   * @param place of the state folder, relative to the project or absolute
   */
  async of(mappingUri: string, place: string): Promise<EngineState | undefined> {
    const folder = folderAt(place, mappingUri);
    if (folder === undefined) return undefined;
    const names = [journal, restartState, failedNodes];
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

function folderAt(place: string, mappingUri: string): string | undefined {
  const root = '../'.repeat(projectFolderOf(pathOf(mappingUri))?.depth ?? 0);
  const drive = /^[A-Za-z]:/.test(place) ? `/${place}` : place;
  const folder = drive.startsWith('/') ? drive : root + drive;
  return resolvePath(`${folder.replace(/\/$/, '')}/`, mappingUri);
}

/** A state that cannot be read is ignored here. A run says why it refuses it. */
function stateIn(texts: readonly (string | undefined)[]): EngineState | undefined {
  if (texts.every((text) => text === undefined)) return undefined;
  const [journalText, stateText, failedText] = texts;
  const reading = readEngineState({ journal: journalText, restartState: stateText, failedNodes: failedText });
  return 'state' in reading ? reading.state : undefined;
}
