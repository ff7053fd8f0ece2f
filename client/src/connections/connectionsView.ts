import * as vscode from 'vscode';
import { DisposableStore } from '../platform/disposableStore.ts';
import { connectionFacts, type ConnectionParts } from './connectionFacts.ts';
import { connectionRows, type ConnectionRow } from './connectionRows.ts';

/** The Connections view: every connection of the editor with its state, and its commands in the menu of its row. */
export class ConnectionsView implements vscode.TreeDataProvider<ConnectionRow> {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #parts: ConnectionParts;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    const draw = (): void => {
      this.#changed.fire(undefined);
    };
    this.#store.add(vscode.window.registerTreeDataProvider('buildstream.connections', this));
    this.#store.add(parts.accounts.onDidChange(draw));
    this.#store.add(parts.secrets.onDidChange(draw));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('buildstream')) draw();
      }),
    );
  }

  async getChildren(row?: ConnectionRow): Promise<ConnectionRow[]> {
    return row === undefined ? connectionRows(await connectionFacts(this.#parts)) : [];
  }

  getTreeItem({ id, label, state, isUsable, command }: ConnectionRow): vscode.TreeItem {
    const item = new vscode.TreeItem(label);
    item.id = id;
    item.description = state;
    item.iconPath = new vscode.ThemeIcon(isUsable ? 'plug' : 'debug-disconnect');
    item.contextValue = isUsable ? `${id} signedIn` : id;
    item.tooltip = `${label}\n${state}`;
    item.accessibilityInformation = { label: `${label}, ${state}` };
    item.command = { command, title: label };
    return item;
  }

  dispose(): void {
    this.#store.dispose();
  }
}
