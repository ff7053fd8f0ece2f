import type { NodeList } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import type { LanguageServer } from '../language/languageServer.ts';
import { isNodeFile } from '../language/mappingFiles.ts';
import { later } from '../platform/clock.ts';
import { DisposableStore } from '../platform/disposableStore.ts';
import { LatestOnly } from './latestOnly.ts';

/** Files to search for in the whole workspace if the server does not find any by itself. */
const anyNodeFile = '**/{failed_nodes.json,*pxe_mapping*.csv}';
/** Updates of a hidden view can wait, because only its badge is visible. */
const hiddenDelayMs = 1_000;

/** The nodes of the user's project: the project of the active editor, else the last one, else the first one. */
export class NodesSource {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #server: LanguageServer;
  readonly #log: vscode.LogOutputChannel;
  readonly #loading = new LatestOnly(() => this.#load());
  #uri: string | undefined;
  #list: NodeList | null | undefined;
  #isVisible = false;
  #pending: { dispose(): void } | undefined;

  constructor(server: LanguageServer, log: vscode.LogOutputChannel) {
    this.#server = server;
    this.#log = log;
    const update = (): void => {
      this.#update();
    };
    this.#store.add(server.onDidChangeNodes(update));
    this.#store.add(server.onDidChangeState(update));
    this.#store.add(
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#followEditor();
      }),
    );
    this.#followEditor();
    void this.#startIfFailed();
  }

  /** Null if there is neither a mapping file nor a failed nodes list. Undefined until the server has answered. */
  get list(): NodeList | null | undefined {
    return this.#list;
  }

  /** Asks the server, and starts it if needed. */
  async refresh(): Promise<NodeList | null> {
    await this.#loading.run();
    return this.#list ?? null;
  }

  /** Makes the server reread files that were written or removed, then refreshes. */
  async changedOnDisk(...files: readonly vscode.Uri[]): Promise<void> {
    for (const file of files) {
      try {
        await this.#server.changedOnDisk(file.toString());
      } catch (error) {
        this.#log.warn(`The server was not told of ${file.fsPath}: ${String(error)}`);
      }
    }
    await this.refresh();
  }

  /** Updates are delayed while the view is not visible. */
  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    if (isVisible) void this.refresh();
  }

  dispose(): void {
    this.#pending?.dispose();
    this.#store.dispose();
  }

  #followEditor(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !isNodeFile(document)) return;
    const uri = document.uri.toString();
    if (uri === this.#uri) return;
    this.#uri = uri;
    this.#update();
  }

  #update(): void {
    if (this.#server.state !== 'running') return;
    if (this.#isVisible) {
      void this.refresh();
      return;
    }
    this.#pending ??= later(hiddenDelayMs, () => {
      this.#pending = undefined;
      void this.refresh();
    });
  }

  /** For the badge: the number of failed nodes should be visible without opening anything. */
  async #startIfFailed(): Promise<void> {
    const [failed] = await vscode.workspace.findFiles('**/failed_nodes.json', undefined, 1);
    if (failed !== undefined) await this.refresh();
  }

  async #load(): Promise<void> {
    try {
      this.#list = await this.#ask();
    } catch (error) {
      this.#log.warn(`The nodes could not be listed: ${String(error)}`);
      this.#list ??= null;
    }
    this.#changed.fire();
    await this.#follow();
  }

  /** Only git knows which nodes are new since the last commit. */
  async #follow(): Promise<void> {
    const uris = [this.#list?.mappingUri, this.#list?.failedUri];
    for (const uri of uris) if (typeof uri === 'string') await this.#server.followCommitted(uri);
  }

  async #ask(): Promise<NodeList | null> {
    const own = this.#uri === undefined ? null : await this.#server.ask('buildstream/nodes', { uri: this.#uri });
    if (own !== null) return own;
    this.#uri = undefined;
    const usual = await this.#server.ask('buildstream/nodes', {});
    if (usual !== null) return usual;
    const [found] = await vscode.workspace.findFiles(anyNodeFile, undefined, 1);
    return found === undefined ? null : this.#server.ask('buildstream/nodes', { uri: found.toString() });
  }
}
