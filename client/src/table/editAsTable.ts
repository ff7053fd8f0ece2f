import * as vscode from 'vscode';
import { activeMappingEditor } from '../language/mappingEditor.ts';
import { window } from '../platform/window.ts';

const extensionId = 'janisdd.vscode-edit-csv';
const command = 'edit-csv.edit';

/**
 * Hands the file over to the Edit CSV extension. It accepts only `csv` and `plaintext` (`isCsvFile` in src/util.ts of
 * its 0.11.7), so one of them is set, and our language is restored afterward.
 */
export async function editAsTable(): Promise<void> {
  const { document } = activeMappingEditor();
  if (!(await isInstalled())) {
    const show = vscode.l10n.t('Show Extension');
    const message = vscode.l10n.t('The extension Edit CSV ({0}) is not installed.', extensionId);
    if ((await window.showInformationMessage(message, show)) === show)
      await vscode.commands.executeCommand('workbench.extensions.search', `@id:${extensionId}`);
    return;
  }
  const own = document.languageId;
  const taken = (await vscode.languages.getLanguages()).includes('csv') ? 'csv' : 'plaintext';
  const asCsv = await vscode.languages.setTextDocumentLanguage(document, taken);
  try {
    await vscode.commands.executeCommand(command);
  } finally {
    await vscode.languages.setTextDocumentLanguage(asCsv, own);
  }
}

async function isInstalled(): Promise<boolean> {
  if (vscode.extensions.getExtension(extensionId) !== undefined) return true;
  return (await vscode.commands.getCommands(true)).includes(command);
}
