import type { EngineState } from '@omnia-buildstream/core/restart/engineState';
import type { Documents } from '../documents.ts';
import { EngineFiles } from './engineFiles.ts';
import { HistoryFiles, type LastResets } from './historyFiles.ts';
import { FailedNodesFile } from './failedNodesFile.ts';
import type { FileSource } from '../files.ts';
import { MappingDocument } from '../mappingDocument.ts';
import type { UserSettings } from '../settings.ts';
import { pathOf, resolveUri, uriKey } from '../uris.ts';
import { projectFolderOf } from '@omnia-buildstream/core/mapping/projectFolder';
import { toldListPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import { readToldList, type ToldList } from '@omnia-buildstream/core/plan/toldList';
import { chooseVersion } from '../version.ts';

/** Mapping files and failed nodes lists, open or not. Texts from disk are kept until `forget`. */
export class NodeFileStore {
  readonly documents: Documents;
  readonly #engine: EngineFiles;
  readonly #history: HistoryFiles;
  readonly #files: FileSource;
  readonly #settingsOf: (uri: string) => Promise<UserSettings>;
  readonly #mappings = new Map<string, Promise<MappingDocument | undefined>>();
  readonly #others = new Map<string, Promise<string | undefined>>();
  /** The same text gives the same object. */
  readonly #told = new Map<string, { readonly text: string | undefined; readonly told: ToldList | undefined }>();
  readonly #failed = new Map<string, Promise<FailedNodesFile | undefined>>();

  constructor(documents: Documents, files: FileSource, settingsOf: (uri: string) => Promise<UserSettings>) {
    this.documents = documents;
    this.#files = files;
    this.#engine = new EngineFiles(files, (uri) => firstAt(documents.failedNodesFiles(), [uri])?.document.text);
    this.#history = new HistoryFiles(files);
    this.#settingsOf = settingsOf;
  }

  /** The file was changed, created or deleted on disk. */
  forget(uri: string): void {
    this.#others.delete(uriKey(uri));
    this.#mappings.delete(uriKey(uri));
    this.#failed.delete(uriKey(uri));
    this.#engine.forget(uri);
  }

  forgetAll(): void {
    this.#others.clear();
    this.#mappings.clear();
    this.#failed.clear();
    this.#engine.forgetAll();
  }

  /** The stage engine's state in the folder that the settings of a mapping file name. */
  async engineOf(mappingUri: string): Promise<EngineState | undefined> {
    return this.#engine.of(mappingUri, (await this.#settingsOf(mappingUri)).stateFolder);
  }

  /** The last reset of each node of a mapping file that was sent from here. */
  lastResetsOf(mappingUri: string): Promise<LastResets> {
    return this.#history.lastResets(mappingUri);
  }

  /** What the management server said about the last restart that was followed from the project of a mapping file. */
  async toldOf(mappingUri: string): Promise<ToldList | undefined> {
    const uri = resolveUri('../'.repeat(projectFolderOf(pathOf(mappingUri))?.depth ?? 0) + toldListPlace, mappingUri);
    if (uri === undefined) return undefined;
    const text = await cached(this.#others, uri, () => this.#files.read(uri));
    const before = this.#told.get(uriKey(uri));
    if (before?.text === text) return before?.told;
    const told = readToldList(text);
    this.#told.set(uriKey(uri), { text, told });
    return told;
  }

  isEngineList(uri: string): boolean {
    return this.#engine.isList(uri);
  }

  mapping(uri: string): Promise<MappingDocument | undefined> {
    const open = firstAt(this.documents.mappings(), [uri]);
    return open === undefined ? cached(this.#mappings, uri, () => this.#readMapping(uri)) : Promise.resolve(open);
  }

  failed(uri: string): Promise<FailedNodesFile | undefined> {
    const open = firstAt(this.documents.failedNodesFiles(), [uri]);
    return open === undefined ? cached(this.#failed, uri, () => this.#readFailed(uri)) : Promise.resolve(open);
  }

  async #readMapping(uri: string): Promise<MappingDocument | undefined> {
    const text = await this.#files.read(uri);
    if (text === undefined) return undefined;
    const mapping = new MappingDocument(uri, null, text);
    const { version } = chooseVersion(mapping, await this.#settingsOf(uri));
    mapping.judge([], { version, context: {}, overrides: new Map(), encoding: mapping.encoding });
    return mapping;
  }

  async #readFailed(uri: string): Promise<FailedNodesFile | undefined> {
    const text = await this.#files.read(uri);
    return text === undefined ? undefined : new FailedNodesFile(uri, null, text);
  }
}

/** The file at the first of the places where there is one. */
export function firstAt<T extends { readonly uri: string }>(
  files: Iterable<T>,
  places: readonly string[],
): T | undefined {
  const byKey = new Map<string, T>();
  for (const file of files) byKey.set(uriKey(file.uri), file);
  return places.map((place) => byKey.get(uriKey(place))).find((file) => file !== undefined);
}

function cached<T>(cache: Map<string, Promise<T>>, uri: string, read: () => Promise<T>): Promise<T> {
  const key = uriKey(uri);
  let found = cache.get(key);
  if (found === undefined) cache.set(key, (found = read()));
  return found;
}
