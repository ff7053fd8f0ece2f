import * as vscode from 'vscode';
import type { GitRepository } from '../../git/gitExtension.ts';
import type { LocalFile } from './localFile.ts';
import { messageOf } from '../../errors/messageOf.ts';
import { window } from '../../platform/window.ts';

/** Offers to pull, because the local clone is now one commit behind. Does not wait for an answer. */
export function offerPull(files: readonly LocalFile[]): void {
  const [first] = files;
  const repository = first?.repository;
  if (repository === undefined) return;
  const pull = vscode.l10n.t('Pull');
  const text = vscode.l10n.t(
    'The commit is on the server only: your clone is behind. Pull, so that the next commit starts from it.',
  );
  void window.showInformationMessage(text, pull).then(async (chosen) => {
    if (chosen !== pull) return;
    // Git refuses to pull over a changed file, but accepts one that is staged and identical.
    await pullInto(repository, () => repository.add(files.map(({ uri }) => uri.fsPath)));
  });
}

/** Pulls, and reports if git fails. @returns whether it succeeded */
export async function pullInto(repository: GitRepository, before?: () => Promise<void>): Promise<boolean> {
  try {
    await before?.();
    await repository.pull();
    return true;
  } catch (error) {
    void window.showWarningMessage(vscode.l10n.t('Git failed to pull: {0}', messageOf(error)));
    return false;
  }
}
