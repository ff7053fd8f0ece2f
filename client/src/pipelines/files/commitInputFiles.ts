import { refused } from '@omnia-buildstream/core/errors/userError';
import { catalogPaths, inputNames, inputPathIn } from '@omnia-buildstream/gitlab/omnia/inputFiles';
import { branchOf } from '@omnia-buildstream/gitlab/omnia/project';
import { serverFile } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import * as vscode from 'vscode';
import { openProject } from '../actions/actionContext.ts';
import { omniaProject } from '../project/omniaProject.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { window } from '../../platform/window.ts';
import { changeOf, checked, send, type CommitContext } from './commitCommand.ts';
import { isUnsaved, readLocalFile, type LocalFile } from './localFile.ts';
import type { Change } from './mergeVersions.ts';

/** Commits the input files that the user selects, each only if the server still has the version that was compared. */
export async function commitInputFiles(context: CommitContext): Promise<void> {
  const open = await openProject(context);
  const differing = await differingInputs(open, await localInputs());
  const chosen = await chooseInputs(differing);
  if (chosen === undefined || chosen.length === 0) return;
  const changes: Change[] = [];
  for (const { local } of chosen) {
    const change = await changeOf(context, open, checked(local));
    if (change === undefined) return;
    changes.push(change);
  }
  await send(context, open, changes);
}

/** Omnia's known input files of one project in the workspace; asks if there are several projects. */
async function localInputs(): Promise<LocalFile[]> {
  const pattern = `**/{${[...inputNames, ...catalogPaths].join(',')}}`;
  const uris = await vscode.workspace.findFiles(pattern, undefined, 200);
  const byRoot = new Map<string, { readonly uri: vscode.Uri; readonly path: string }[]>();
  for (const uri of uris) {
    const path = inputPathIn(uri.path);
    if (path === undefined) continue;
    const root = uri.path.slice(0, uri.path.length - path.length);
    byRoot.set(root, [...(byRoot.get(root) ?? []), { uri, path }]);
  }
  const root = await chooseRoot([...byRoot.keys()]);
  return Promise.all((byRoot.get(root ?? '') ?? []).map(({ uri, path }) => readLocalFile(uri, path)));
}

/** The project of the active editor, otherwise the only one; asks if there are several. */
async function chooseRoot(roots: readonly string[]): Promise<string | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri.path ?? '';
  const own = roots.filter((root) => active.startsWith(root)).sort((a, b) => b.length - a.length)[0];
  if (own !== undefined || roots.length < 2) return own ?? roots[0];
  return window.showQuickPick([...roots], { title: vscode.l10n.t('Select a Project') });
}

async function differingInputs(open: OpenProject, files: readonly LocalFile[]): Promise<Change[]> {
  const ref = branchOf(open);
  const compared = await Promise.all(
    files.map(async (local) => ({ local, server: await serverFile(omniaProject(open), local.path, ref) })),
  );
  const differing = compared.filter(({ local, server }) => server?.text !== local.text || isUnsaved(local));
  if (differing.length > 0) return differing.sort((a, b) => (a.local.path < b.local.path ? -1 : 1));
  throw refused(vscode.l10n.t('No input file of this workspace differs from the one on the server.'));
}

async function chooseInputs(differing: readonly Change[]): Promise<readonly Change[] | undefined> {
  const items = differing.map((change) => ({
    label: change.local.path,
    description: stateOf(change),
    change,
  }));
  const chosen = await window.showQuickPick(items, {
    title: vscode.l10n.t('Select Input Files'),
    placeHolder: vscode.l10n.t('Selected files go into one commit; change only what is necessary'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ change }) => change);
}

function stateOf({ local, server }: Change): string {
  if (isUnsaved(local)) return vscode.l10n.t('not saved');
  return server === undefined ? vscode.l10n.t('not on the server yet') : vscode.l10n.t('differs from the server’s');
}
