import { readSite, type SiteFile } from '@omnia-buildstream/core/site/readSite';
import { siteFileName, sitePlacesFor } from '@omnia-buildstream/core/site/sitePlaces';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { DiagnosticSeverity, type Connection, type Diagnostic } from 'vscode-languageserver';
import { inBackground } from '../background.ts';
import type { Client } from '../client.ts';
import { diagnosticSource } from '../diagnostics/diagnostics.ts';
import type { FileSource } from '../files.ts';
import { baseName, pathOf, resolvePath, uriKey } from '../uris.ts';

/** Globs for the editor to watch. */
export const siteGlobs = [`**/${siteFileName}`] as const;

export function isSiteFile(uri: string): boolean {
  return baseName(uri) === siteFileName;
}

/** The buildstream.yml of each project, and its problems. Texts from disk are kept until `forget`. */
export class SiteFiles {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #files: FileSource;
  readonly #openText: (uri: string) => string | undefined;
  readonly #read = new Map<string, Promise<string | undefined>>();
  /** The newest text of each file, parsed: while the user types, it is needed after every key. */
  readonly #sites = new Map<string, { readonly text: string; readonly site: SiteFile }>();
  readonly #published = new Map<string, string>();
  #folders: readonly string[];

  constructor(
    connection: Connection,
    client: Client,
    files: FileSource,
    openText: (uri: string) => string | undefined,
  ) {
    this.#connection = connection;
    this.#client = client;
    this.#files = files;
    this.#openText = openText;
    this.#folders = client.folders;
  }

  setFolders(folders: readonly string[]): void {
    this.#folders = folders;
  }

  /** The buildstream.yml for the project of a file. Undefined if there is none. */
  async of(fileUri: string): Promise<SiteFile | undefined> {
    const path = pathOf(fileUri);
    if (path === '') return undefined;
    const tops = this.#folders.map((folder) => pathOf(folder).replace(/\/$/, ''));
    const [top] = tops.filter((folder) => path.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length);
    for (const place of sitePlacesFor(path, top)) {
      const uri = resolvePath(place, fileUri);
      const text = uri === undefined ? undefined : await this.#text(uri);
      if (uri === undefined || text === undefined) continue;
      return this.#siteOf(uri, text);
    }
    return undefined;
  }

  /** The editor's text of the file has changed, or the file was closed and the text on disk counts again. */
  changed(uri: string): void {
    this.#read.delete(uriKey(uri));
    const text = this.#openText(uri);
    if (text === undefined) this.#publish(uri, undefined);
    else this.#siteOf(uri, text);
  }

  /** The file was changed, created or deleted on disk. */
  forget(uri: string): void {
    this.#read.delete(uriKey(uri));
    if (isSiteFile(uri) && this.#openText(uri) === undefined) this.#publish(uri, undefined);
  }

  forgetAll(): void {
    this.#read.clear();
  }

  /** Parses a text if it is new, and publishes its problems. */
  #siteOf(uri: string, text: string): SiteFile {
    const key = uriKey(uri);
    const known = this.#sites.get(key);
    if (known?.text === text) return known.site;
    const site = readSite(text);
    this.#sites.set(key, { text, site });
    this.#publish(uri, site);
    return site;
  }

  #text(uri: string): Promise<string | undefined> {
    const open = this.#openText(uri);
    if (open !== undefined) return Promise.resolve(open);
    const key = uriKey(uri);
    let text = this.#read.get(key);
    if (text === undefined) this.#read.set(key, (text = this.#files.read(uri)));
    return text;
  }

  #publish(uri: string, site: SiteFile | undefined): void {
    if (site === undefined) this.#sites.delete(uriKey(uri));
    const diagnostics = (site?.problems ?? []).map(({ message, params, range }): Diagnostic => {
      const text = wordsOf({ message, params }, this.#client.say);
      return { range, severity: DiagnosticSeverity.Error, source: diagnosticSource, message: text };
    });
    const key = uriKey(uri);
    const state = JSON.stringify(diagnostics);
    if (state === (this.#published.get(key) ?? '[]')) return;
    this.#published.set(key, state);
    inBackground(this.#connection, () => this.#connection.sendDiagnostics({ uri, diagnostics }));
  }
}
