import { createHash } from 'node:crypto';
import * as vscode from 'vscode';

const scheme = 'buildstream-gitlab';
/** Older ones are closed, or say that they are no longer available. */
const mostKept = 20;

/** Versions of files as read-only documents, for comparing and merging. */
export class ServerDocuments implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  /** Each text gets its own address, because the editor keeps the text of a document that is open. */
  uriOf(path: string, text: string): vscode.Uri {
    const query = createHash('sha256').update(text).digest('hex');
    const uri = vscode.Uri.from({ scheme, path: `/${path}`, query });
    this.#texts.delete(uri.toString());
    this.#texts.set(uri.toString(), text);
    for (const old of [...this.#texts.keys()].slice(0, -mostKept)) this.#texts.delete(old);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? vscode.l10n.t('This version is no longer available. Compare again.');
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

export async function showDiff(left: vscode.Uri, right: vscode.Uri, title: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: false });
}
