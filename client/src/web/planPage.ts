import * as vscode from 'vscode';

const scheme = 'buildstream-plan';
const address = vscode.Uri.from({ scheme, path: '/plan.md' });

/** Shows a plan in VS Code's Markdown preview. */
export class PlanPage {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registered: vscode.Disposable;
  #text = '';

  constructor() {
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => this.#text,
    });
  }

  /** @param result of the server's command; anything other than a plan is ignored */
  async show(result: unknown): Promise<void> {
    if (typeof result !== 'object' || result === null || !('markdown' in result)) return;
    this.#text = String(result.markdown);
    this.#changed.fire(address);
    await vscode.commands.executeCommand('markdown.showPreview', address);
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}
