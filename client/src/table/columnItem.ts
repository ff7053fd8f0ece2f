import * as vscode from 'vscode';
import { isMappingFile } from '../language/mappingFiles.ts';
import { fromPosition } from '../language/places.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import type { TableContext } from './changeTable.ts';

/** Beside other entries about the file. */
const priority = 90;

/** The column of the cursor in the status bar, with its meaning when the mouse rests on it; a click selects the column. */
export class ColumnItem {
  readonly #store = new DisposableStore();
  readonly #server: TableContext['server'];
  readonly #item = this.#store.add(
    vscode.window.createStatusBarItem('buildstream.column', vscode.StatusBarAlignment.Right, priority),
  );

  constructor(server: TableContext['server']) {
    this.#server = server;
    this.#item.name = vscode.l10n.t('Column of the Mapping File');
    this.#item.command = 'buildstream.selectColumn';
    this.#store.add(vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => void this.#show(textEditor)));
    this.#store.add(vscode.window.onDidChangeActiveTextEditor((editor) => void this.#show(editor)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #show(editor: vscode.TextEditor | undefined): Promise<void> {
    if (editor !== vscode.window.activeTextEditor) return;
    if (editor === undefined || !isMappingFile(editor.document)) {
      this.#item.hide();
      return;
    }
    const { active } = editor.selection;
    const uri = editor.document.uri.toString();
    const column = await this.#server.ask('buildstream/column', { uri, at: fromPosition(active) });
    if (editor !== vscode.window.activeTextEditor || !editor.selection.active.isEqual(active)) return;
    if (column === null) {
      this.#item.hide();
      return;
    }
    this.#item.text = column.name;
    this.#item.tooltip = column.meaning;
    this.#item.show();
  }
}
