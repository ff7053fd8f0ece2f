import * as vscode from 'vscode';
import { activeMappingEditor } from '../language/mappingFiles.ts';
import { window } from '../platform/window.ts';

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('buildstream');

/** Applies every safe fix to the mapping file in the active editor, as one step of undo. */
export async function fixAllProblems(): Promise<void> {
  const { document } = activeMappingEditor();
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    all,
    fixAllKind.value,
  );
  const edits = actions.flatMap(({ edit }) => edit ?? []);
  for (const edit of edits) await vscode.workspace.applyEdit(edit);
  if (edits.length > 0) return;
  const left = vscode.languages.getDiagnostics(document.uri).length;
  const message =
    left === 0
      ? vscode.l10n.t('This file has no problems.')
      : vscode.l10n.t('No problems can be fixed automatically. Use Quick Fix (Ctrl+.) on each problem.');
  void window.showInformationMessage(message);
}
