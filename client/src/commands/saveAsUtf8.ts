import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import { activeMappingEditor } from '../language/mappingEditor.ts';

/**
 * Writes a file as UTF-8 without byte order mark, the only form that every Omnia version reads.
 *
 * VS Code lets extensions read a file in another encoding, but not write it in one. So the bytes are written here, and
 * the file is then reread as UTF-8.
 */
export async function saveAsUtf8(given: unknown): Promise<void> {
  const uri = typeof given === 'string' ? vscode.Uri.parse(given) : activeMappingEditor().document.uri;
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isUntitled) throw refused(vscode.l10n.t('Save the file first.'));
  // Includes unsaved changes: saving them in the former encoding would lose the characters that it lacks.
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(document.getText()));
  if (document.isDirty) await readAgain(document);
  const written = await vscode.workspace.openTextDocument(uri, { encoding: 'utf8' });
  // The editor may have read the new bytes while it still had the old size, and would then refuse the next save.
  await readAgain(written);
}

async function readAgain(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
