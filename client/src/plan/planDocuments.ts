import * as vscode from 'vscode';
import type { LanguageServer } from '../language/languageServer.ts';
import { DisposableStore } from '../platform/disposableStore.ts';

const scheme = 'buildstream-plan';
/** `query` of the text that a question shows; that of a plan is the URI of a file, or empty. */
const askedQuery = 'asked';

/** Plans as read-only documents; they follow the two files as long as a tab shows them. */
export class PlanDocuments implements vscode.TextDocumentContentProvider {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;
  readonly #server: LanguageServer;
  /** Plans shown so far, by URI. */
  readonly #shown = new Map<string, vscode.Uri>();
  /** What a question showed last, by title. */
  readonly #asked = new Map<string, string>();

  constructor(server: LanguageServer) {
    this.#server = server;
    this.#store.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this.#store.add(server.onDidChangeNodes(() => void this.#refresh()));
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const file = uri.query;
    if (file === askedQuery) return this.#asked.get(uri.path) ?? '';
    const params = file.endsWith('.json') ? { failedUri: file } : { mappingUri: file };
    const result = await this.#server.ask('buildstream/plan', file === '' ? {} : params);
    return result?.markdown ?? vscode.l10n.t('There is no PXE mapping file here, so there is nothing to plan.');
  }

  /**
   * Opens the rendered plan beside the editor. `file` is the URI of either of the two files; without it, the first one
   * known is used.
   */
  async show(file: string | undefined): Promise<void> {
    const uri = planUri(file);
    this.#shown.set(uri.toString(), uri);
    this.#changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  }

  /** Opens the text that a question refers to, rendered. It does not follow the files. */
  async showAsked(markdown: string, title = vscode.l10n.t('Plan')): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${title}.md`, query: askedQuery });
    this.#asked.set(uri.path, markdown);
    this.#changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #refresh(): Promise<void> {
    for (const uri of this.#shown.values()) {
      if (!isLookedAt(uri)) continue;
      // VS Code releases documents without a text editor, although a preview still shows them.
      await vscode.workspace.openTextDocument(uri);
      this.#changed.fire(uri);
    }
  }
}

function planUri(file: string | undefined): vscode.Uri {
  const title = vscode.l10n.t('Restart Plan');
  return vscode.Uri.from({ scheme, path: `/${title}.md`, query: file ?? '' });
}

/** The tab of a preview has no URI, only a label with the name. */
function isLookedAt(uri: vscode.Uri): boolean {
  const name = uri.path.slice(1);
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ label }) => label.includes(name));
}
