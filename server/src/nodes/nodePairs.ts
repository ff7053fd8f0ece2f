import type { ToldList } from '@omnia-buildstream/core/plan/toldList';
import type { EngineState } from '@omnia-buildstream/core/restart/engineState';
import {
  failedNodesName,
  failedPlacesFor,
  mappingPlaces,
  mappingPlacesFor,
} from '@omnia-buildstream/core/nodes/projectPlaces';
import { engineFileGlobs, isEngineFile } from './engineFiles.ts';
import type { LastResets } from './historyFiles.ts';
import type { FailedNodesFile } from './failedNodesFile.ts';
import type { MappingDocument } from '../mappingDocument.ts';
import { firstAt, type NodeFileStore } from './nodeFileStore.ts';
import { asFolder, pathOf, resolveUri, uriKey } from '../uris.ts';

/** A mapping file and the failed_nodes.json that belongs to it, if they were found. */
export interface NodePair {
  readonly mapping: MappingDocument | undefined;
  readonly failed: FailedNodesFile | undefined;
}

/** A pair with the stage engine's state in its project. */
export interface NodeProject extends NodePair {
  readonly engine: EngineState | undefined;
  /** What the management server said about the last restart that was followed from here. */
  readonly told: ToldList | undefined;
  /** The failed nodes list is the stage engine's own, not Omnia's. */
  readonly isEngineList: boolean;
}

/** Globs for the editor to watch. */
export const nodeFileGlobs = ['**/failed_nodes.json', '**/*pxe_mapping*.csv', ...engineFileGlobs] as const;

/**
 * Finds each file's counterpart: by Omnia's layout, then side by side, else the only known mapping file. Open files
 * take precedence over files on disk.
 */
export class NodePairs {
  readonly #store: NodeFileStore;
  #folders: readonly string[];

  constructor(store: NodeFileStore, folders: readonly string[]) {
    this.#store = store;
    this.#folders = folders.map(asFolder);
  }

  setFolders(folders: readonly string[]): void {
    this.#folders = folders.map(asFolder);
  }

  /** The pair of either file, which may be closed. Without a URI, the pair of the first known mapping file. */
  async of(uri?: string): Promise<NodeProject> {
    return this.projectOf(await this.#pairOf(uri));
  }

  /** Adds the stage engine's state to a pair. */
  async projectOf(pair: NodePair): Promise<NodeProject> {
    const { mapping, failed } = pair;
    const engine = mapping === undefined ? undefined : await this.#store.engineOf(mapping.uri);
    const told = mapping === undefined ? undefined : await this.#store.toldOf(mapping.uri);
    const isEngineList = failed !== undefined && this.#store.isEngineList(failed.uri);
    return { ...pair, engine, told, isEngineList };
  }

  /**
   * The last reset of each node that was sent from here, by BMC_IP. Not part of the pair, because it reads files each
   * time.
   */
  async lastResetsOf({ mapping }: Pick<NodePair, 'mapping'>): Promise<LastResets | undefined> {
    return mapping === undefined ? undefined : this.#store.lastResetsOf(mapping.uri);
  }

  async #pairOf(given?: string): Promise<NodePair> {
    // Any file in a state folder stands for the failed nodes list there.
    const uri = given !== undefined && isEngineFile(given) ? resolveUri(failedNodesName, given) : given;
    if (uri === undefined) {
      const [mapping] = await this.known();
      const [open] = this.#store.documents.failedNodesFiles();
      return { mapping, failed: mapping === undefined ? open : await this.failedFor(mapping.uri) };
    }
    if (pathOf(uri).endsWith('.json')) {
      return { mapping: await this.mappingFor(uri), failed: await this.#store.failed(uri) };
    }
    return { mapping: await this.#store.mapping(uri), failed: await this.failedFor(uri) };
  }

  async mappingFor(failedUri: string): Promise<MappingDocument | undefined> {
    const places = resolveAll(mappingPlacesFor(pathOf(failedUri)), failedUri);
    const open = [...this.#store.documents.mappings()];
    const inEditor = firstAt(open, places);
    if (inEditor !== undefined) return inEditor;
    for (const uri of places) {
      const found = await this.#store.mapping(uri);
      if (found !== undefined) return found;
    }
    // A mapping file with another name in a folder where Omnia's would be.
    const folders = new Set(places.map(folderOf));
    const neighbour = open.find(({ uri }) => folders.has(folderOf(uri)));
    if (neighbour !== undefined) return neighbour;
    const known = distinct([...open, ...(await this.#inFolders())]);
    return known.length === 1 ? known[0] : undefined;
  }

  async failedFor(mappingUri: string): Promise<FailedNodesFile | undefined> {
    const places = resolveAll(failedPlacesFor(pathOf(mappingUri)), mappingUri);
    const open = [...this.#store.documents.failedNodesFiles()];
    const inEditor = firstAt(open, places);
    if (inEditor !== undefined) return inEditor;
    for (const uri of places) {
      const found = await this.#store.failed(uri);
      if (found !== undefined) return found;
    }
    for (const file of open) {
      const mapping = await this.mappingFor(file.uri);
      if (mapping !== undefined && uriKey(mapping.uri) === uriKey(mappingUri)) return file;
    }
    return undefined;
  }

  /** Every mapping file that is open, belongs to an open failed_nodes.json, or is where Omnia keeps it. */
  async known(): Promise<MappingDocument[]> {
    const { documents } = this.#store;
    const paired = await Promise.all([...documents.failedNodesFiles()].map(({ uri }) => this.mappingFor(uri)));
    return distinct([
      ...documents.mappings(),
      ...paired.filter((mapping) => mapping !== undefined),
      ...(await this.#inFolders()),
    ]);
  }

  async #inFolders(): Promise<MappingDocument[]> {
    const uris = this.#folders.flatMap((folder) => resolveAll(mappingPlaces, folder));
    const found = await Promise.all(uris.map((uri) => this.#store.mapping(uri)));
    return found.filter((mapping) => mapping !== undefined);
  }
}

function distinct(mappings: readonly MappingDocument[]): MappingDocument[] {
  // For duplicate keys, a map keeps the position of the first and the value of the last.
  return [...new Map(mappings.map((mapping) => [uriKey(mapping.uri), mapping])).values()];
}

function resolveAll(places: readonly string[], uri: string): string[] {
  return places.flatMap((place) => resolveUri(place, uri) ?? []);
}

function folderOf(uri: string): string {
  const key = uriKey(uri);
  return key.slice(0, key.lastIndexOf('/') + 1);
}
