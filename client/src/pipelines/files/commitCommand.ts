import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { refused } from '@omnia-buildstream/core/errors/userError';
import { conflictsIn } from '@omnia-buildstream/core/text/conflicts';
import { bootedBy } from '@omnia-buildstream/gitlab/omnia/actionPlan';
import { prepareCommit, type PreparedCommit } from '@omnia-buildstream/gitlab/omnia/prepare/prepareCommit';
import { branchOf } from '@omnia-buildstream/gitlab/omnia/project';
import { catalogPath, failedNodesPath, mappingPlaces, serverFile } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import * as vscode from 'vscode';
import { lacking, ways } from '../../errors/lacking.ts';
import { sendAct } from '../actions/sendAct.ts';
import { ask } from '../actions/askAction.ts';
import { knownProject, openProject, type ActionContext } from '../actions/actionContext.ts';
import { warningLines } from '../actions/warningLines.ts';
import { findLocalFile, isSameText, isUnsaved, siblingFile, type LocalFile } from './localFile.ts';
import { commitLines, inputOf, leavingLines } from './commitLines.ts';
import { holdsBoth, offerMerge, type Change, type Versions } from './mergeVersions.ts';
import { offerPull } from './offerPull.ts';
import { omniaProject } from '../project/omniaProject.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { showDiff, type ServerDocuments } from './serverDocuments.ts';
import { tellCommit } from './tellCommit.ts';
import { window } from '../../platform/window.ts';

export interface CommitContext extends ActionContext {
  readonly documents: ServerDocuments;
}

/** Commits the mapping file, which starts a deploy pipeline, and, if the user wants, a changed catalog with it. */
export async function commitMappingFile(context: CommitContext): Promise<void> {
  const open = await openProject(context);
  const change = await changeOf(context, open, await localOf(mappingPlaces.map(({ path }) => path)));
  if (change === undefined) return;
  const catalog = await changedCatalog(open, change);
  await send(context, open, catalog === undefined ? [change] : [change, catalog]);
}

/** Commits failed_nodes.json, which starts no pipeline. */
export async function commitFailedNodes(context: CommitContext): Promise<void> {
  const open = await openProject(context);
  const change = await changeOf(context, open, await localOf([failedNodesPath]));
  if (change !== undefined) await send(context, open, [change]);
}

async function localOf(paths: readonly string[]): Promise<LocalFile> {
  const local = await findLocalFile(paths);
  if (local === undefined) throw refused(vscode.l10n.t('There is no {0} in this workspace.', paths.join(', ')));
  return checked(local);
}

/** @throws UserError if it cannot be committed as it is */
export function checked(local: LocalFile): LocalFile {
  if (isUnsaved(local)) throw lacking(vscode.l10n.t('Save {0} first.', local.path), ways.saveAll());
  const [conflict] = conflictsIn(local.text);
  if (conflict !== undefined) {
    throw refused(
      vscode.l10n.t(
        '{0} has a merge conflict in line {1}. Keep one side and remove the markers first.',
        local.path,
        conflict.first + 1,
      ),
    );
  }
  return local;
}

/**
 * Compares the user's copy with the server's file. A copy that was not made from the server's version is committed only
 * after the user has seen both and confirms that it holds both changes.
 * @returns undefined if the user does not confirm
 */
export async function changeOf(
  { documents }: CommitContext,
  open: OpenProject,
  local: LocalFile,
): Promise<Change | undefined> {
  const server = await serverFile(omniaProject(open), local.path, branchOf(open));
  if (server !== undefined && Buffer.compare(server.file.content, local.content) === 0) {
    throw refused(vscode.l10n.t('{0} on the server is the same as yours.', local.path));
  }
  const change = { local, server };
  if (!isSameText(local.headText, server?.text) && !(await holdsBoth(documents, change, leavingLines(open, change))))
    return undefined;
  const left = documents.uriOf(local.path, server?.text ?? '');
  await showDiff(left, local.uri, vscode.l10n.t('{0}: server ↔ yours', local.path));
  return change;
}

/** Offers to include the catalog if it differs only because of the user's own changes; it starts a build pipeline. */
async function changedCatalog(open: OpenProject, { local }: Change): Promise<Change | undefined> {
  const catalog = await siblingFile(local, catalogPath);
  const server = await serverFile(omniaProject(open), catalogPath, branchOf(open));
  if (catalog === undefined || server === undefined || isUnsaved(catalog)) return undefined;
  if (isSameText(catalog.text, server.text) || !isSameText(catalog.headText, server.text)) return undefined;
  const alone = vscode.l10n.t('Only {0}', local.path);
  const both = vscode.l10n.t('Also {0}: Starts a Build Pipeline', catalogPath);
  const title = vscode.l10n.t('{0} Was Also Changed', catalogPath);
  return (await window.showQuickPick([alone, both], { title })) === both ? { local: catalog, server } : undefined;
}

/** Shows what a commit of these changes does and starts, asks, and sends it. */
export async function send(context: CommitContext, open: OpenProject, changes: readonly Change[]): Promise<void> {
  const { model, documents } = context;
  const paths = changes.map(({ local }) => local.path);
  const message = await askMessage(paths);
  if (message === undefined) return;
  const prepared = await prepareCommit(await knownProject(context, open), { changes: changes.map(inputOf), message });
  refuseObstacles(prepared);
  const touches = [...commitLines(prepared, paths), ...(await warningLines(open, model, undefined))];
  const question = vscode.l10n.t('Commit {0} to {1}?', paths.join(', '), branchOf(open));
  // The nodes of a deploy pipeline are only planned here; booting them takes another question.
  const plan = { nodes: bootedBy(prepared.touches.plan), restart: prepared.restart };
  const button = buttonOf(prepared);
  const asked = { question, touches, plan, ways: [button], disturbs: { own: undefined } };
  const agreed = await ask(context, open, asked);
  if (agreed === undefined) return;
  const subject = `${paths.join(', ')} on ${branchOf(open)}`;
  const act = { act: 'commit', subject, touches: true, own: undefined } as const;
  const result = await sendAct(context, open, prepared, act, agreed);
  if (result.kind === 'refused') {
    throw refused(vscode.l10n.t('Nothing was committed: its effect has changed since it was shown. Review it again.'));
  }
  if (result.kind === 'conflict') {
    void offerMerge(documents, conflictsOf(changes, result.current));
    return;
  }
  if (tellCommit(result)) offerPull(changes.map(({ local }) => local));
  await model.refresh();
}

/** Label of the button, named after what the commit leads to without another question. */
function buttonOf({ touches, nodes }: PreparedCommit): string {
  switch (touches.starts) {
    case 'nothing':
      return vscode.l10n.t('Commit');
    case 'pipeline':
      return vscode.l10n.t('Commit and Start Pipeline');
    case 'cadence':
      return nodes.length === 1
        ? vscode.l10n.t('Commit and PXE-Boot 1 Node')
        : vscode.l10n.t('Commit and PXE-Boot {0} Nodes', nodes.length);
  }
}

async function askMessage(paths: readonly string[]): Promise<string | undefined> {
  const names = paths.map((path) => path.split('/').at(-1) ?? path);
  const text = await window.showInputBox({
    title: vscode.l10n.t('Commit Message'),
    value: `Update ${names.join(' and ')}`,
    ignoreFocusOut: true,
  });
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

/** The files that someone else has changed since they were compared. */
function conflictsOf(
  changes: readonly Change[],
  current: readonly { readonly path: string; readonly lastCommitId: string; readonly content: Uint8Array }[],
): Versions[] {
  return changes.flatMap(({ local, server }) => {
    const now = current.find(({ path }) => path === local.path);
    if (now?.lastCommitId === server?.file.lastCommitId) return [];
    const theirs = new TextDecoder().decode(now?.content ?? Buffer.of());
    return [{ local, base: server?.text ?? '', theirs }];
  });
}
