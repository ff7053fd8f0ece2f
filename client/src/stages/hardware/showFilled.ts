import path from 'node:path';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import type { TextEdit } from '@omnia-buildstream/core/text/position';
import * as vscode from 'vscode';

const scheme = 'buildstream-hardware';

/** Shows a file beside what it would be with these cells filled in. Nothing is changed. */
export async function showFilled(document: vscode.TextDocument, edits: readonly TextEdit[]): Promise<void> {
  const filled = applyEdits(document.getText(), edits);
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: () => filled,
  });
  try {
    const name = path.basename(document.uri.fsPath);
    // Its version is part of the name: what was shown before is another document.
    const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: String(document.version) });
    await vscode.workspace.openTextDocument(uri);
    const title = vscode.l10n.t('{0}: filled in from the hardware', name);
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, { preview: true });
  } finally {
    provider.dispose();
  }
}
