import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import type { TextEdit } from '@omnia-buildstream/core/text/position';
import * as vscode from 'vscode';
import { DisposableStore } from '../platform/disposableStore.ts';

const scheme = 'buildstream-preview';

/** Shows a mapping file as a command would leave it, beside the file as it is. */
export class TablePreviews implements vscode.TextDocumentContentProvider {
  readonly #store = new DisposableStore();
  readonly #texts = new Map<string, string>();
  #count = 0;

  constructor() {
    this.#store.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Shows what the edits change while `work` runs, usually a question. */
  async during<T>(
    document: vscode.TextDocument,
    edits: readonly TextEdit[],
    title: string,
    work: () => Promise<T>,
  ): Promise<T> {
    // Each text gets its own address, because the editor keeps the text of a document that is open.
    const uri = vscode.Uri.from({ scheme, path: document.uri.path, query: String(++this.#count) });
    this.#texts.set(uri.toString(), applyEdits(document.getText(), edits));
    try {
      await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, { preview: true });
      return await work();
    } finally {
      this.#texts.delete(uri.toString());
      await vscode.window.tabGroups.close(tabsOf(uri));
    }
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function tabsOf(uri: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString());
}
