import * as vscode from 'vscode';
import type { TokenStore } from '../auth/tokenStore.ts';
import { apiKeyOf } from '../oim/apiAddress.ts';
import { apiServer } from '../oim/apiConfiguration.ts';
import { clientsKey, readClients } from '../oim/storedClients.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import { credentialsKey, readCredentials } from '../stages/bmc/storedCredentials.ts';
import { connectionRows, type ConnectionFacts, type ConnectionRow } from './connectionRows.ts';

interface ConnectionParts {
  readonly accounts: TokenStore;
  readonly secrets: vscode.SecretStorage;
  /** Address of the lab that the editor is connected to. */
  readonly lab: () => string | undefined;
}

/** The view "Connections": every way out of the editor, with its state, and its commands in the menu of its row. */
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
    return row === undefined ? connectionRows(await this.#facts()) : [];
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

  async #facts(): Promise<ConnectionFacts> {
    const { accounts, secrets, lab } = this.#parts;
    const sessions = await accounts.all();
    const server = serverOrNone();
    const clients = server === undefined ? [] : readClients(await secrets.get(clientsKey));
    return {
      gitlab: sessions.map(({ origin, username }) => ({ host: new URL(origin).host, username })),
      api: server && { host: server.host, isSignedIn: clients.some(({ api }) => api === apiKeyOf(server)) },
      bmcs: readCredentials(await secrets.get(credentialsKey)).map(({ hosts }) => hosts),
      lab: lab(),
    };
  }
}

/** An address that is none is told by the commands that need it. */
function serverOrNone(): URL | undefined {
  try {
    return apiServer();
  } catch {
    return undefined;
  }
}
