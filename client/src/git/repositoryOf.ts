import * as vscode from 'vscode';
import type { GitExtension, GitRepository } from './gitExtension.ts';

/** The repository that a file is in; undefined without git, or outside of one. */
export async function repositoryOf(uri: vscode.Uri): Promise<GitRepository | undefined> {
  try {
    const git = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
    return git?.enabled === true ? (git.getAPI(1).getRepository(uri) ?? undefined) : undefined;
  } catch {
    // Git cannot start here.
    return undefined;
  }
}
