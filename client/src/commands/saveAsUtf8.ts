import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import { activeMappingEditor } from '../language/mappingEditor.ts';

/**
 * Writes a file as UTF-8 without byte order mark, the only form that every Omnia reads.
 *
 * VS Code lets extensions read a file in another encoding, but not write it in one. So the bytes are written here, and
 * the file is then read anew as UTF-8.
 */
export async function saveAsUtf8(given: unknown): Promise<void> {
  const uri = typeof given === 'string' ? vscode.Uri.parse(given) : activeMappingEditor().document.uri;
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isUntitled) throw refused(vscode.l10n.t('Save the file first.'));
  // Unsaved changes go with it: saved in the former encoding, characters that it lacks would be lost.
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(document.getText()));
  if (document.isDirty) await readAgain(document);
  const written = await vscode.workspace.openTextDocument(uri, { encoding: 'utf8' });
  // The editor may have read the new bytes while it still had the old size: then it would refuse the next save.
  await readAgain(written);
}

async function readAgain(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
