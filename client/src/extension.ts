import * as vscode from 'vscode';
import { languageCommands } from './commands/languageCommands.ts';
import { followActiveFile } from './language/activeFile.ts';
import { LanguageServer } from './language/languageServer.ts';
import { MappingStatuses } from './language/mappingStatuses.ts';
import { StatusItems } from './language/statusItems.ts';
import { registerCommands } from './platform/commands.ts';
import { DisposableStore } from './platform/disposableStore.ts';

let stopServer: (() => Promise<void>) | undefined;

/** Called by VS Code when the extension starts. Waits for nothing: the language server comes up on its own. */
export function activate(context: vscode.ExtensionContext): void {
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const log = store.add(vscode.window.createOutputChannel('Omnia BuildStreaM', { log: true }));
  const statuses = store.add(new MappingStatuses());
  const server = new LanguageServer(context.asAbsolutePath('dist/server.js'), log, statuses, Date.now);
  store.add(new StatusItems(server, statuses));
  store.add(followActiveFile());
  registerCommands(store, log, languageCommands({ context, log, server, statuses }));
  stopServer = () => server.stop();
}

/** Called by VS Code at the end; it waits for the language server to be gone. */
export async function deactivate(): Promise<void> {
  const stop = stopServer;
  stopServer = undefined;
  await stop?.();
}
