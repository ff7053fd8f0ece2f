import type * as vscode from 'vscode';

/** The part that we use of what VS Code's own git extension exports. */
export interface GitExtension {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  /** @throws Error while git is disabled or not found */
  getAPI(version: 1): GitApi;
}

export interface GitApi {
  readonly repositories: readonly GitRepository[];
  readonly onDidChangeState: vscode.Event<unknown>;
  readonly onDidOpenRepository: vscode.Event<GitRepository>;
  readonly onDidCloseRepository: vscode.Event<GitRepository>;
  getRepository(uri: vscode.Uri): GitRepository | null;
}

export interface GitCommit {
  readonly hash: string;
  readonly message?: string;
  readonly authorName?: string;
  readonly commitDate?: Date;
}

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly HEAD: { readonly commit?: string } | undefined;
    readonly onDidChange: vscode.Event<void>;
  };
  /** Rejects if the file does not exist there. */
  show(ref: string, path: string): Promise<string>;
  /** Commits of a file, the newest first. */
  log(options: { readonly path: string; readonly maxEntries: number }): Promise<readonly GitCommit[]>;
  /** Stages files. */
  add(paths: string[]): Promise<void>;
  pull(): Promise<void>;
}
