import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Connection } from 'vscode-languageserver';
import { failedNodesName } from '@omnia-buildstream/core/nodes/projectPlaces';
import { FailedNodesFile } from './nodes/failedNodesFile.ts';
import { MappingDocument } from './mappingDocument.ts';
import { baseName, pathOf, uriKey } from './uris.ts';

/** Receives changes of open documents. */
export interface DocumentListener {
  mappingOpened(document: MappingDocument): void;
  mappingChanged(document: MappingDocument): void;
  mappingClosed(uri: string): void;
  failedNodesOpened(file: FailedNodesFile): void;
  failedNodesChanged(file: FailedNodesFile): void;
  failedNodesClosed(uri: string): void;
  /** The text of another file changed, including by opening or closing it. */
  otherChanged(uri: string): void;
}

/** Whether a document is a mapping file. */
export type IsMapping = (uri: string, languageId: string) => boolean;

/** The open documents: mapping files as models, failed nodes lists, and the small files beside them as texts. */
export class Documents {
  readonly #mappings = new Map<string, MappingDocument>();
  readonly #failedNodes = new Map<string, FailedNodesFile>();
  readonly #others = new Map<string, TextDocument>();
  readonly #isMapping: IsMapping;

  constructor(isMapping: IsMapping) {
    this.#isMapping = isMapping;
  }

  mapping(uri: string): MappingDocument | undefined {
    return this.#mappings.get(uri);
  }

  mappings(): Iterable<MappingDocument> {
    return this.#mappings.values();
  }

  failedNodes(uri: string): FailedNodesFile | undefined {
    return this.#failedNodes.get(uri);
  }

  failedNodesFiles(): Iterable<FailedNodesFile> {
    return this.#failedNodes.values();
  }

  /** The editor's text of another file, which is newer than the one on disk. */
  otherText(uri: string): string | undefined {
    return this.#others.get(uriKey(uri))?.getText();
  }

  listen(connection: Connection, listener: DocumentListener): void {
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
      if (baseName(uri) === failedNodesName) {
        const file = new FailedNodesFile(uri, version, text);
        this.#failedNodes.set(uri, file);
        listener.failedNodesOpened(file);
      } else if (this.#isMapping(uri, languageId)) {
        const document = new MappingDocument(uri, version, text);
        this.#mappings.set(uri, document);
        listener.mappingOpened(document);
      } else {
        this.#others.set(uriKey(uri), TextDocument.create(uri, languageId, version, text));
        listener.otherChanged(uri);
      }
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      const mapping = this.#mappings.get(uri);
      const failedNodes = this.#failedNodes.get(uri);
      const other = this.#others.get(uriKey(uri));
      if (mapping !== undefined) {
        mapping.change(contentChanges, version);
        listener.mappingChanged(mapping);
      } else if (failedNodes !== undefined) {
        failedNodes.change(contentChanges, version);
        listener.failedNodesChanged(failedNodes);
      } else if (other !== undefined) {
        this.#others.set(uriKey(uri), TextDocument.update(other, contentChanges, version));
        listener.otherChanged(uri);
      }
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      if (this.#mappings.delete(uri)) listener.mappingClosed(uri);
      if (this.#failedNodes.delete(uri)) listener.failedNodesClosed(uri);
      if (this.#others.delete(uriKey(uri))) listener.otherChanged(uri);
    });
  }
}

/**
 * For our client: its selector decides what is a mapping file. The files that Omnia reads beside it are YAML and JSON.
 */
export const chosenByClient: IsMapping = (uri, languageId) =>
  !/\.(?:ya?ml|jsonc?)$/i.test(pathOf(uri)) && !['yaml', 'json', 'jsonc'].includes(languageId);

/** For editors without our selector: they send every CSV file that the user opens. */
export const namedAsOmnia: IsMapping = (uri, languageId) => {
  const name = baseName(uri).toLowerCase();
  return languageId === 'omnia-pxe-mapping' || (name.includes('pxe_mapping') && name.endsWith('.csv'));
};
