import { refused } from '@omnia-buildstream/core/errors/userError';
import { traitsOf, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import * as vscode from 'vscode';
import { lacking, ways } from '../errors/lacking.ts';
import { versionNames } from '../language/versionNames.ts';
import { window } from '../platform/window.ts';
import type { CommandContext } from './commandContext.ts';
import { askFirstNodes } from './firstNodes.ts';
import { pickNetwork } from './pickNetwork.ts';

/** Writes a mapping file that is valid in the version that the user selects. Never overwrites an existing file. */
export async function newMappingFile({ server }: Pick<CommandContext, 'server'>): Promise<void> {
  const folder = await pickFolder();
  if (folder === undefined) return;
  const version = await pickVersion();
  if (version === undefined) return;
  const uri = await askForPath(folder, version);
  if (uri === undefined) return;
  const network = await pickNetwork(vscode.l10n.t('New Mapping File (3 of 4): Addresses'));
  if (network === undefined) return;
  const place = { version, ...(network.text !== undefined && { network: network.text }) };
  const questions = await server.ask('buildstream/newFileQuestions', place);
  if (questions.problem !== '') throw refused(`network_spec.yml: ${questions.problem}`);
  const first = await askFirstNodes(vscode.l10n.t('New Mapping File (4 of 4): First Nodes'), questions);
  if (first === undefined) return;
  const nodes = first === 'examples' ? {} : { nodes: first };
  const made = await server.ask('buildstream/newFile', { ...place, ...nodes });
  if ('problems' in made) {
    throw refused(vscode.l10n.t('No file was written, because Omnia would refuse it: {0}.', made.problems));
  }
  const edit = new vscode.WorkspaceEdit();
  // Fails if the file has been created meanwhile.
  edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(made.text) });
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw refused(vscode.l10n.t('The file could not be created: {0}', uri.path));
  }
  await vscode.window.showTextDocument(uri);
}

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    throw lacking(vscode.l10n.t('Open a folder first; the file is made in it.'), ways.openFolder());
  }
  return folders.length === 1 ? folders[0] : vscode.window.showWorkspaceFolderPick();
}

async function pickVersion(): Promise<OmniaVersion | undefined> {
  const choice = await window.showQuickPick(versionNames(), {
    title: vscode.l10n.t('New Mapping File (1 of 4): Omnia Version'),
    placeHolder: vscode.l10n.t('Select the Omnia version that reads the file'),
  });
  return choice?.version;
}

/** Proposes the usual place: `input/` up to 2.2, `input/orchestrator/` from 2.3. */
async function askForPath(folder: vscode.WorkspaceFolder, version: OmniaVersion): Promise<vscode.Uri | undefined> {
  const input = await window.showInputBox({
    title: vscode.l10n.t('New Mapping File (2 of 4): Path in {0}', folder.name),
    value: `${traitsOf(version).folder}/pxe_mapping_file.csv`,
    validateInput: async (value) => {
      if (!value.trim().endsWith('.csv')) return vscode.l10n.t('The mapping file name must end with .csv.');
      const isThere = await exists(vscode.Uri.joinPath(folder.uri, value.trim()));
      return isThere ? alreadyThere(value.trim()) : undefined;
    },
  });
  if (input === undefined) return undefined;
  const uri = vscode.Uri.joinPath(folder.uri, input.trim());
  if (!uri.path.startsWith(`${folder.uri.path.replace(/\/$/, '')}/`)) {
    throw refused(vscode.l10n.t('The path leads out of the folder {0}.', folder.name));
  }
  if (await exists(uri)) throw refused(alreadyThere(vscode.workspace.asRelativePath(uri)));
  return uri;
}

function alreadyThere(file: string): string {
  return vscode.l10n.t('{0} already exists, and is not overwritten.', file);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
