import * as vscode from 'vscode';
import { DisposableStore } from '../platform/disposableStore.ts';
import { isMappingFile } from './mappingFiles.ts';

/** Context key for `enablement` in package.json: whether the active editor shows a mapping file. */
const contextKey = 'buildstream.activeMappingFile';

/** Keeps the context key up to date. The caller disposes of the result. */
export function followActiveFile(): DisposableStore {
  const store = new DisposableStore();
  const update = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    void vscode.commands.executeCommand('setContext', contextKey, document !== undefined && isMappingFile(document));
  };
  store.add(vscode.window.onDidChangeActiveTextEditor(update));
  store.add(vscode.workspace.onDidOpenTextDocument(update));
  store.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('buildstream.mapping.filePatterns')) update();
    }),
  );
  update();
  return store;
}
