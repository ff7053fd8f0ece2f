import { readFailedNodesDocument, type FailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import type { SourceEncoding } from '@omnia-buildstream/core/text/sourceEncoding';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';

/** A failed_nodes.json, open in the editor or read from disk. */
export class FailedNodesFile {
  readonly uri: string;
  /** Null if the file is not open. */
  version: number | null;
  /** The encoding in which the editor writes the file. */
  encoding: SourceEncoding = { kind: 'unchecked' };
  #text: TextDocument;
  #document: FailedNodesDocument | undefined;

  constructor(uri: string, version: number | null, text: string) {
    this.uri = uri;
    this.version = version;
    this.#text = TextDocument.create(uri, 'json', version ?? 0, text);
  }

  /** The current text, parsed. A new object after every change. */
  get document(): FailedNodesDocument {
    return (this.#document ??= readFailedNodesDocument(this.#text.getText()));
  }

  /** Omnia reads plain UTF-8, but no byte order mark. */
  setEncoding(name: string): void {
    this.encoding = name === 'utf8' ? { kind: 'unchecked' } : { kind: 'other', name };
  }

  change(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    this.#text = TextDocument.update(this.#text, [...changes], version);
    this.version = version;
    this.#document = undefined;
  }
}
