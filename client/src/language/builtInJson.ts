import * as vscode from 'vscode';
import { DisposableStore } from '../platform/disposableStore.ts';

const setting = 'json.validate.enable';

/** Whether VS Code itself checks failed_nodes.json against the schema that this extension contributes. */
export function isBuiltInJsonActive(): boolean {
  const isThere = vscode.extensions.getExtension('vscode.json-language-features') !== undefined;
  return isThere && vscode.workspace.getConfiguration().get<unknown>(setting) !== false;
}

/** Reports every change of {@link isBuiltInJsonActive}. The caller disposes of the result. */
export function followBuiltInJson(tell: (isActive: boolean) => void): DisposableStore {
  const store = new DisposableStore();
  let known = isBuiltInJsonActive();
  const update = (): void => {
    const isActive = isBuiltInJsonActive();
    if (isActive === known) return;
    known = isActive;
    tell(isActive);
  };
  store.add(vscode.extensions.onDidChange(update));
  store.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(setting)) update();
    }),
  );
  return store;
}
