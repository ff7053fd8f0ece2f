import * as vscode from 'vscode';
import { currentFailedUri } from '../nodes/commandNodes.ts';
import type { NodesSource } from '../nodes/nodesSource.ts';
import { window } from '../platform/window.ts';

const rule = 'deleted-entry';

interface FixChoice extends vscode.QuickPickItem {
  readonly edit: vscode.WorkspaceEdit;
}

/**
 * Restores entries that git still has, using the fixes of their findings; the user selects one if there are several.
 */
export async function restoreDeletedEntry(nodes: NodesSource): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(await currentFailedUri(nodes)));
  await vscode.window.showTextDocument(document, { preview: false });
  const choices = await fixes(document);
  if (choices.length === 0) {
    void window.showInformationMessage(vscode.l10n.t('No entries have been deleted since the last commit.'));
    return;
  }
  const title = vscode.l10n.t('Restore Deleted Entry');
  const chosen = choices.length === 1 ? choices[0] : await window.showQuickPick(choices, { title });
  if (chosen !== undefined) await vscode.workspace.applyEdit(chosen.edit);
}

/** VS Code does not say which finding a fix belongs to, so the fixes at the place of the finding are requested. */
async function fixes({ uri }: vscode.TextDocument): Promise<FixChoice[]> {
  const finding = vscode.languages.getDiagnostics(uri).find((diagnostic) => codeOf(diagnostic) === rule);
  if (finding === undefined) return [];
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    finding.range,
    vscode.CodeActionKind.QuickFix.value,
  );
  return actions.flatMap(({ title, edit }) => (edit === undefined ? [] : [{ label: title, edit }]));
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
