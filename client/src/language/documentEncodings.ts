import * as vscode from 'vscode';
import { DisposableStore } from '../platform/disposableStore.ts';

/** Tells the server how each open file is encoded: LSP carries text, but Omnia reads bytes. */
export class DocumentEncodings {
  readonly #store = new DisposableStore();
  readonly #send: (document: vscode.TextDocument) => Promise<void>;
  /** The encodings that the server knows. */
  readonly #known = new Map<string, string>();

  constructor(send: (document: vscode.TextDocument) => Promise<void>) {
    this.#send = send;
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        // An event without changes may mean another encoding.
        const known = this.#known.get(document.uri.toString());
        if (known !== undefined && known !== document.encoding) void this.opened(document);
      }),
    );
  }

  async opened(document: vscode.TextDocument): Promise<void> {
    this.#known.set(document.uri.toString(), document.encoding);
    await this.#send(document);
  }

  closed(document: vscode.TextDocument): void {
    this.#known.delete(document.uri.toString());
  }

  dispose(): void {
    this.#store.dispose();
  }
}
