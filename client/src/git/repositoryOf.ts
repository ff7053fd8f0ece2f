import * as vscode from 'vscode';
import type { GitExtension, GitRepository } from './gitExtension.ts';

/** The repository that contains a file. Undefined without git or outside a repository. */
export async function repositoryOf(uri: vscode.Uri): Promise<GitRepository | undefined> {
  try {
    const git = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
    return git?.enabled === true ? (git.getAPI(1).getRepository(uri) ?? undefined) : undefined;
  } catch {
    // Git cannot start here.
    return undefined;
  }
}
