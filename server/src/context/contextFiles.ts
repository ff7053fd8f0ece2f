import { besideKinds, besideNames, type BesideKind } from '@omnia-buildstream/core/context/besideNames';
import { parseProvisionConfig } from '@omnia-buildstream/core/context/parseProvisionConfig';
import { isOrchestratorPlace } from '@omnia-buildstream/core/mapping/projectFolder';
import type { FileSource } from '../files.ts';
import { asFolder, baseName, pathOf, resolvePath, resolveUri, uriKey } from '../uris.ts';

/** A file beside the mapping file. */
export interface ContextFile {
  readonly uri: string;
  readonly text: string;
}

/** The files found that say something about a mapping file, by kind. */
export type ContextFileSet = ReadonlyMap<BesideKind, ContextFile>;

export function sameFiles(a: ContextFileSet, b: ContextFileSet): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([kind, { uri, text }]) => b.get(kind)?.uri === uri && b.get(kind)?.text === text);
}

const catalogNames = ['catalog_rhel.json', 'catalog/catalog_rhel.json'] as const;

/** Globs for the editor to watch; a catalog may have any name. */
export const watchedGlobs = [`**/{${Object.values(besideNames).flat().join(',')}}`, '**/*catalog*.json'] as const;

/** Finds the files beside mapping files. Texts are kept until `forget`, so that typing does not read the disk. */
export class ContextFiles {
  readonly #files: FileSource;
  readonly #openText: (uri: string) => string | undefined;
  readonly #texts = new Map<string, Promise<string | undefined>>();
  #folders: readonly string[];

  constructor(files: FileSource, openText: (uri: string) => string | undefined, folders: readonly string[]) {
    this.#files = files;
    this.#openText = openText;
    this.#folders = folders.map(asFolder);
  }

  setFolders(folders: readonly string[]): void {
    this.#folders = folders.map(asFolder);
  }

  /** The file was changed, created or deleted on disk. */
  forget(uri: string): void {
    this.#texts.delete(uriKey(uri));
  }

  forgetAll(): void {
    this.#texts.clear();
  }

  async find(mappingUri: string): Promise<ContextFileSet> {
    const folders = this.#foldersFor(mappingUri);
    // If a kind of file has several names, the one of this layout is tried first.
    const isLater = isOrchestratorPlace(pathOf(mappingUri));
    const found = await Promise.all(
      besideKinds.map(async (kind) => {
        const names = isLater ? besideNames[kind].toReversed() : besideNames[kind];
        return [kind, await this.#first(folders, names)] as const;
      }),
    );
    const config = found.find(([kind]) => kind === 'config')?.[1];
    const all = [...found, ['catalog', await this.#catalog(folders, config)] as const];
    return new Map(all.flatMap(([kind, file]) => (file === undefined ? [] : [[kind, file] as const])));
  }

  /** The text of a file beside a mapping file. Undefined if it does not exist. */
  async beside(mappingUri: string, name: string): Promise<string | undefined> {
    return (await this.#first(this.#foldersFor(mappingUri), [name]))?.text;
  }

  /**
   * The catalog that orchestrator_config.yml names if it is in the workspace, otherwise the one with the usual name.
   */
  async #catalog(folders: readonly string[], config: ContextFile | undefined): Promise<ContextFile | undefined> {
    if (config !== undefined && baseName(config.uri) === 'orchestrator_config.yml') {
      const path = parseProvisionConfig(config.text).value?.catalogFilePath;
      const uri = path === undefined ? undefined : resolvePath(path, config.uri);
      if (uri !== undefined && this.#rootOf(uri) !== undefined) {
        const text = await this.#text(uri);
        if (text !== undefined) return { uri, text };
      }
    }
    return this.#first(folders, catalogNames);
  }

  async #first(folders: readonly string[], names: readonly string[]): Promise<ContextFile | undefined> {
    for (const folder of folders) {
      for (const name of names) {
        const uri = folder + name;
        const text = await this.#text(uri);
        if (text !== undefined) return { uri, text };
      }
    }
    return undefined;
  }

  #text(uri: string): Promise<string | undefined> {
    const open = this.#openText(uri);
    if (open !== undefined) return Promise.resolve(open);
    const key = uriKey(uri);
    let text = this.#texts.get(key);
    if (text === undefined) {
      text = this.#files.read(uri);
      this.#texts.set(key, text);
    }
    return text;
  }

  /** The folders to search: the file's own, the `input/` above it, the workspace folder. */
  #foldersFor(uri: string): string[] {
    const own = resolveUri('.', uri);
    if (own === undefined) return [];
    const parent = resolveUri('..', uri);
    const input = parent?.endsWith('/input/') === true ? [parent] : [];
    const root = this.#rootOf(uri);
    return [...new Set([own, ...input, ...(root === undefined ? [] : [root])])];
  }

  #rootOf(uri: string): string | undefined {
    const key = uriKey(uri);
    return this.#folders.filter((folder) => key.startsWith(uriKey(folder))).sort((a, b) => b.length - a.length)[0];
  }
}
