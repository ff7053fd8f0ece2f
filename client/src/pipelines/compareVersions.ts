import type { TextFile } from '@omnia-buildstream/gitlab/api/editFile';
import * as vscode from 'vscode';
import type { LocalFile } from './localFile.ts';
import { showDiff, type ServerDocuments } from './serverDocuments.ts';

/** A file of the user's with the server's version; undefined when the server has none. */
export interface Change {
  readonly local: LocalFile;
  readonly server: TextFile | undefined;
}

/**
 * Shows three versions as two comparisons: what others changed since the user's last commit, and what a commit would
 * change of theirs. @returns whether the user says that the copy holds both changes
 */
export async function showTheirs(documents: ServerDocuments, { local, server }: Change): Promise<boolean> {
  const theirs = documents.uriOf(local.path, server?.file.lastCommitId ?? 'none', server?.text ?? '');
  await showDiff(theirs, local.uri, vscode.l10n.t('{0}: server ↔ yours', local.path));
  if (local.headText !== undefined) {
    const base = documents.uriOf(local.path, 'HEAD', local.headText);
    await showDiff(base, theirs, vscode.l10n.t('{0}: what somebody else changed', local.path));
  }
  const merged = vscode.l10n.t('Mine Holds Both Changes');
  const question = vscode.l10n.t('{0} on the server is not the version that yours was made from.', local.path);
  const detail = vscode.l10n.t(
    'A commit would put your text in place of theirs. Pull or merge first; both comparisons are open behind this question.',
  );
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, merged)) === merged;
}
