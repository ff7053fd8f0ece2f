import { refused } from '@omnia-buildstream/core/errors/userError';
import type { FileVersion } from '@omnia-buildstream/core/nodes/compareNodes';
import * as vscode from 'vscode';
import type { CommandContext } from '../commands/commandContext.ts';
import { lacking, ways } from '../errors/lacking.ts';
import type { GitRepository } from '../git/gitExtension.ts';
import { repositoryOf } from '../git/repositoryOf.ts';
import { isMappingFile } from '../language/mappingFiles.ts';
import { window } from '../platform/window.ts';
import type { ServerVersion } from './serverVersion.ts';

export interface CompareContext extends Pick<CommandContext, 'nodes' | 'plans' | 'server'> {
  readonly onServer: ServerVersion;
}

interface Choice extends vscode.QuickPickItem {
  /** Resolves to undefined if the user cancels. */
  readonly read: () => Promise<FileVersion | undefined>;
}

const mostCommits = 30;

/**
 * Compares two versions of the mapping file node by node, and shows on a page what a deploy of the second would
 * restart.
 */
export async function compareNodes(context: CompareContext): Promise<void> {
  const uri = await fileMeant(context);
  const choices = await choicesFor(context, uri);
  const [here] = choices;
  const older = choices.filter((choice) => choice !== here);
  if (older.length === 0) {
    throw lacking(
      vscode.l10n.t(
        '{0} has no other version: it is in no Git repository, and you are not signed in to GitLab.',
        nameOf(uri),
      ),
      ways.signIn(),
    );
  }
  const before = await choose(vscode.l10n.t('Compare by Node (1 of 2): Which Version Is Deployed?'), older);
  if (before === undefined) return;
  const after = await choose(vscode.l10n.t('Compare by Node (2 of 2): Which Version Is to Be Deployed?'), choices);
  if (after === undefined) return;
  const result = await context.server.ask('buildstream/compareNodes', { mappingUri: uri.toString(), before, after });
  if (result === null) throw refused(vscode.l10n.t('{0} is not a mapping file.', nameOf(uri)));
  await context.plans.showAsked(result.markdown, vscode.l10n.t('Nodes Compared'));
}

/** The file of the active editor, otherwise that of the Nodes view. */
async function fileMeant({ nodes }: CompareContext): Promise<vscode.Uri> {
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined && isMappingFile(document)) return document.uri;
  const known = (await nodes.refresh())?.mappingUri ?? undefined;
  if (known === undefined) throw lacking(vscode.l10n.t('Open a PXE mapping file first.'), ways.openMappingFile());
  return vscode.Uri.parse(known);
}

/** The local file comes first, then the versions in git and GitLab. */
async function choicesFor({ onServer }: CompareContext, uri: vscode.Uri): Promise<readonly Choice[]> {
  const working = vscode.l10n.t('Working Tree');
  const here = async (): Promise<FileVersion> => {
    const document = await vscode.workspace.openTextDocument(uri);
    return { name: working, text: document.getText() };
  };
  const server: Choice = {
    label: vscode.l10n.t('GitLab'),
    description: vscode.l10n.t('the branch that is deployed'),
    read: async () => {
      const version = await onServer.read();
      if (version === undefined) throw refused(vscode.l10n.t('There is no mapping file in the GitLab project.'));
      return version;
    },
  };
  const repository = await repositoryOf(uri);
  return [
    { label: working, description: vscode.workspace.asRelativePath(uri), read: here },
    ...(repository?.state.HEAD?.commit === undefined ? [] : [commitChoice(repository, uri, 'HEAD', '')]),
    ...((await onServer.isKnown()) ? [server] : []),
    ...(repository === undefined ? [] : await commitChoices(repository, uri)),
  ];
}

async function commitChoices(repository: GitRepository, uri: vscode.Uri): Promise<readonly Choice[]> {
  // Rejects in a repository without commits.
  const commits = await repository.log({ path: uri.fsPath, maxEntries: mostCommits }).catch(() => []);
  const other: Choice = {
    label: vscode.l10n.t('Another Commit, Branch, or Tag…'),
    read: async () => {
      const ref = await window.showInputBox({ title: vscode.l10n.t('Commit, branch, or tag') });
      return ref === undefined || ref.trim() === '' ? undefined : versionAt(repository, uri, ref.trim());
    },
  };
  const listed = commits.map(({ hash, authorName = '', commitDate, message = '' }) => {
    const about = [commitDate?.toLocaleString() ?? '', authorName].filter((part) => part !== '').join(', ');
    return { ...commitChoice(repository, uri, hash.slice(0, 8), message.split('\n')[0] ?? ''), detail: about };
  });
  return [...listed, other];
}

function commitChoice(repository: GitRepository, uri: vscode.Uri, ref: string, description: string): Choice {
  return { label: ref, description, read: () => versionAt(repository, uri, ref) };
}

/** @throws UserError if git does not have it */
async function versionAt(repository: GitRepository, uri: vscode.Uri, ref: string): Promise<FileVersion> {
  try {
    return { name: ref, text: await repository.show(ref, uri.fsPath) };
  } catch {
    throw refused(vscode.l10n.t('Git has no {0} at {1}.', nameOf(uri), ref));
  }
}

async function choose(title: string, choices: readonly Choice[]): Promise<FileVersion | undefined> {
  return (await window.showQuickPick(choices, { title, matchOnDescription: true, matchOnDetail: true }))?.read();
}

function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
