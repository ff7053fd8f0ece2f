import * as vscode from 'vscode';
import { isMappingFile } from '../language/mappingFiles.ts';
import { fromPosition } from '../language/places.ts';
import { LatestOnly } from '../nodes/latestOnly.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import type { TableContext } from './changeTable.ts';

/** Next to other entries about the file. */
const priority = 90;

/** Shows the column of the cursor in the status bar, with its meaning as tooltip; a click selects the column. */
export class ColumnItem {
  readonly #store = new DisposableStore();
  readonly #server: TableContext['server'];
  /** One request at a time, however fast the user types. */
  readonly #following = new LatestOnly(() => this.#show());
  readonly #item = this.#store.add(
    vscode.window.createStatusBarItem('buildstream.column', vscode.StatusBarAlignment.Right, priority),
  );

  constructor(server: TableContext['server']) {
    this.#server = server;
    this.#item.name = vscode.l10n.t('Column of the Mapping File');
    this.#item.command = 'buildstream.selectColumn';
    this.#store.add(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === vscode.window.activeTextEditor) void this.#following.run();
      }),
    );
    this.#store.add(vscode.window.onDidChangeActiveTextEditor(() => void this.#following.run()));
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #show(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || !isMappingFile(editor.document)) {
      this.#item.hide();
      return;
    }
    const { active } = editor.selection;
    const uri = editor.document.uri.toString();
    // No error is shown here while the server is down: whatever restarts it reports why.
    const at = fromPosition(active);
    const column = await this.#server.ask('buildstream/column', { uri, at }).catch(() => null);
    if (editor !== vscode.window.activeTextEditor || !editor.selection.active.isEqual(active)) return;
    if (column === null) {
      this.#item.hide();
      return;
    }
    this.#item.text = column.name;
    this.#item.tooltip = column.meaning;
    // The tooltip is available to the mouse only.
    this.#item.accessibilityInformation = {
      label: [column.name, column.meaning].filter((part) => part !== '').join(': '),
    };
    this.#item.show();
  }
}
