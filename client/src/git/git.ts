import * as vscode from 'vscode';
import { DisposableStore } from '../platform/disposableStore.ts';
import type { GitApi, GitExtension, GitRepository } from './gitExtension.ts';

/** Files as git has them at HEAD, through VS Code's own git extension. Without git there are none. */
export class Git {
  readonly #store = new DisposableStore();
  readonly #headMoved = this.#store.add(new vscode.EventEmitter<void>());
  /** Fires when HEAD is another commit, or when a repository is opened or closed. */
  readonly onDidMoveHead = this.#headMoved.event;
  readonly #watched = new Map<GitRepository, { commit: string | undefined; watch: vscode.Disposable }>();
  #api: GitApi | undefined;
  #isDisposed = false;

  constructor() {
    void this.#connect();
  }

  /** Null without git, outside a repository, and if the file is not in HEAD. */
  async committedText(uri: vscode.Uri): Promise<string | null> {
    const repository = uri.scheme === 'file' ? this.#api?.getRepository(uri) : undefined;
    if (repository?.state.HEAD?.commit === undefined) return null;
    try {
      return await repository.show('HEAD', uri.fsPath);
    } catch {
      return null;
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#forget();
    this.#store.dispose();
  }

  async #connect(): Promise<void> {
    const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
    if (extension === undefined) return;
    try {
      const git = await extension.activate();
      if (this.#isDisposed) return;
      this.#store.add(
        git.onDidChangeEnablement(() => {
          this.#use(git);
        }),
      );
      this.#use(git);
    } catch {
      // Git cannot start here, so there is nothing to compare with.
    }
  }

  #use(git: GitExtension): void {
    this.#forget();
    this.#api = git.enabled ? apiOf(git) : undefined;
    if (this.#api !== undefined) {
      for (const repository of this.#api.repositories) this.#watch(repository);
      this.#store.add(
        this.#api.onDidOpenRepository((repository) => {
          this.#watch(repository);
          this.#headMoved.fire();
        }),
      );
      this.#store.add(
        this.#api.onDidCloseRepository((repository) => {
          this.#watched.get(repository)?.watch.dispose();
          this.#watched.delete(repository);
          this.#headMoved.fire();
        }),
      );
    }
    this.#headMoved.fire();
  }

  /** The state changes with every keystroke that touches a file, but only a new HEAD matters. */
  #watch(repository: GitRepository): void {
    const { state } = repository;
    const watched = {
      commit: state.HEAD?.commit,
      watch: state.onDidChange(() => {
        const commit = state.HEAD?.commit;
        if (commit === watched.commit) return;
        watched.commit = commit;
        this.#headMoved.fire();
      }),
    };
    this.#watched.set(repository, watched);
  }

  #forget(): void {
    for (const { watch } of this.#watched.values()) watch.dispose();
    this.#watched.clear();
  }
}

function apiOf(git: GitExtension): GitApi | undefined {
  try {
    return git.getAPI(1);
  } catch {
    return undefined;
  }
}
