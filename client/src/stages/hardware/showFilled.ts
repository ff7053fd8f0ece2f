import { createHash } from 'node:crypto';
import path from 'node:path';
import { refused } from '@omnia-buildstream/core/errors/userError';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import type { TextEdit } from '@omnia-buildstream/core/text/position';
import * as vscode from 'vscode';
import { toTextEdit } from '../../language/places.ts';
import { window } from '../../platform/window.ts';

const scheme = 'buildstream-hardware';

/** Shows a mapping file beside the changed version, and applies the change if the user agrees. @throws UserError */
export async function offerFilled(
  document: vscode.TextDocument,
  edits: readonly TextEdit[],
  { question, button }: { readonly question: string; readonly button: string },
): Promise<void> {
  const { version } = document;
  await showFilled(document, edits);
  if ((await window.ask(question, [], button)) !== button) return;
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, edits.map(toTextEdit));
  if (document.version !== version || !(await vscode.workspace.applyEdit(edit))) {
    const name = path.basename(document.uri.fsPath);
    throw refused(vscode.l10n.t('{0} was changed in the meantime. Nothing was filled in. Check again.', name));
  }
}

/** Shows a file beside a version with these cells filled in. Changes nothing. */
async function showFilled(document: vscode.TextDocument, edits: readonly TextEdit[]): Promise<void> {
  const filled = applyEdits(document.getText(), edits);
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: () => filled,
  });
  try {
    const name = path.basename(document.uri.fsPath);
    // The URI includes a hash of the text, because VS Code does not reload a document that is already open.
    const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: createHash('sha256').update(filled).digest('hex') });
    await vscode.workspace.openTextDocument(uri);
    const title = vscode.l10n.t('{0}: filled in from the hardware', name);
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, { preview: true });
  } finally {
    provider.dispose();
  }
}
