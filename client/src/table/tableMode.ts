import * as vscode from 'vscode';
import { isMappingFile } from '../language/mappingFiles.ts';
import { fromRange, toRange } from '../language/places.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import type { TableContext } from './changeTable.ts';

/** Word for `when` in package.json: columns stand under each other, and Tab goes to the next cell. */
const contextKey = 'buildstream.tableMode';
/** Editors collapse ordinary blanks. */
const blank = '\u00a0';

/**
 * Shows the columns of mapping files under each other, by decorations, which no theme tints; the file stays as it is.
 * Switched on and off in the title of the editor.
 */
export class TableMode {
  readonly #store = new DisposableStore();
  readonly #server: TableContext['server'];
  readonly #decoration = this.#store.add(vscode.window.createTextEditorDecorationType({}));
  #isOn = false;

  constructor(server: TableContext['server']) {
    this.#server = server;
    const draw = (): void => {
      this.#drawAll();
    };
    this.#store.add(vscode.window.onDidChangeVisibleTextEditors(draw));
    this.#store.add(vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => void this.#draw(textEditor)));
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        for (const editor of vscode.window.visibleTextEditors)
          if (editor.document === document) void this.#draw(editor);
      }),
    );
  }

  async toggle(): Promise<void> {
    this.#isOn = !this.#isOn;
    await vscode.commands.executeCommand('setContext', contextKey, this.#isOn);
    this.#drawAll();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #drawAll(): void {
    for (const editor of vscode.window.visibleTextEditors) void this.#draw(editor);
  }

  async #draw(editor: vscode.TextEditor): Promise<void> {
    const { document, visibleRanges } = editor;
    if (!isMappingFile(document)) return;
    const [range] = visibleRanges;
    const { version } = document;
    const pads =
      this.#isOn && range !== undefined
        ? await this.#server.ask('buildstream/pads', { uri: document.uri.toString(), range: fromRange(range) })
        : [];
    // What was measured before an edit stands in the wrong places; the edit has asked again.
    if (document.version !== version) return;
    const shown = pads.map(({ position, width }) => ({
      range: toRange({ start: position, end: position }),
      renderOptions: { after: { contentText: blank.repeat(width) } },
    }));
    editor.setDecorations(this.#decoration, shown);
  }
}
