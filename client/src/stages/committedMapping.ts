import * as vscode from 'vscode';
import type { GitExtension } from '../git/gitExtension.ts';

/** The text of a file at HEAD. Undefined without git, outside a repository, or if the file is not in HEAD. */
export async function committedText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const git = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
    if (git?.enabled !== true) return undefined;
    return await git.getAPI(1).getRepository(uri)?.show('HEAD', uri.fsPath);
  } catch {
    return undefined;
  }
}
