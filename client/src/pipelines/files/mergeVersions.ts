import type { TextFile } from '@omnia-buildstream/gitlab/api/editFile';
import * as vscode from 'vscode';
import type { LocalFile } from './localFile.ts';
import { showDiff, type ServerDocuments } from './serverDocuments.ts';
import { window } from '../../platform/window.ts';

/** The user's file and the server's version of it, which is undefined if the server has none. */
export interface Change {
  readonly local: LocalFile;
  readonly server: TextFile | undefined;
}

/** One file that was changed on both sides since `base`. */
export interface Versions {
  readonly local: LocalFile;
  readonly base: string;
  readonly theirs: string;
}

/**
 * Asks what to do about a copy that was not made from the server's version.
 * @param leaving what happens to nodes that are not in the copy
 * @returns whether the user confirms that the copy holds both changes; false also if the merge was opened instead
 */
export async function holdsBoth(
  documents: ServerDocuments,
  { local, server }: Change,
  leaving: readonly string[],
): Promise<boolean> {
  const theirs = server?.text ?? '';
  await showDiff(documents.uriOf(local.path, theirs), local.uri, vscode.l10n.t('{0}: server ↔ yours', local.path));
  const merge = vscode.l10n.t('Merge…');
  const merged = vscode.l10n.t('My File Contains Both Changes');
  const question = vscode.l10n.t('{0} on the server has changed since your version was made.', local.path);
  const detail = vscode.l10n.t(
    'A commit would overwrite their changes. Merge them into your file first, then commit again.',
  );
  const { headText: base } = local;
  const answers = base === undefined ? [merged] : [merge, merged];
  const answer = await window.ask(question, [...leaving, detail], ...answers);
  if (answer === merge && base !== undefined) await openMerge(documents, { local, base, theirs });
  return answer === merged;
}

/**
 * Offers to merge: nothing was written because someone else was faster. What was the server's version is now the base.
 */
export async function offerMerge(documents: ServerDocuments, files: readonly Versions[]): Promise<void> {
  const merge = vscode.l10n.t('Merge…');
  const text = vscode.l10n.t(
    'The file was changed on the server in the meantime. Nothing was committed. Merge the changes, then commit again.',
  );
  if ((await window.showWarningMessage(text, merge)) !== merge) return;
  for (const versions of files) await openMerge(documents, versions);
}

/** Opens the merge editor of VS Code, whose result is the user's file. It starts with the user's own text. */
async function openMerge(documents: ServerDocuments, { local, base, theirs }: Versions): Promise<void> {
  const versions = {
    base: documents.uriOf(local.path, base),
    input1: { uri: documents.uriOf(local.path, theirs), title: vscode.l10n.t('Server') },
    input2: { uri: documents.uriOf(local.path, local.text), title: vscode.l10n.t('Yours') },
    output: local.uri,
  };
  try {
    // The command that VS Code's own Git support uses; editors derived from VS Code may lack it.
    await vscode.commands.executeCommand('_open.mergeEditor', versions);
  } catch {
    await showDiff(versions.base, versions.input1.uri, vscode.l10n.t('{0}: what somebody else changed', local.path));
  }
}
