import * as vscode from 'vscode';
import { window } from '../platform/window.ts';

const mostFiles = 20;

/**
 * The network_spec.yml whose addresses are used; its text is undefined if none is used. The result is undefined if the
 * user cancels.
 */
export async function pickNetwork(title: string): Promise<{ readonly text: string | undefined } | undefined> {
  const files = await vscode.workspace.findFiles('**/network_spec.yml', '**/node_modules/**', mostFiles);
  if (files.length === 0) return { text: undefined };
  const choice = await window.showQuickPick(
    [
      ...files.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri })),
      { label: vscode.l10n.t('Without network_spec.yml'), uri: undefined },
    ],
    { title, placeHolder: vscode.l10n.t('Select the network_spec.yml that the admin addresses have to fit') },
  );
  if (choice === undefined) return undefined;
  if (choice.uri === undefined) return { text: undefined };
  return { text: (await vscode.workspace.openTextDocument(choice.uri)).getText() };
}
