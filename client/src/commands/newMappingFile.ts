import { refused } from '@omnia-buildstream/core/errors/userError';
import { traitsOf, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import * as vscode from 'vscode';
import { lacking, ways } from '../errors/lacking.ts';
import { versionNames } from '../language/versionNames.ts';
import { mappingTemplate } from './mappingTemplate.ts';
import { window } from '../platform/window.ts';

/** Makes a mapping file with example rows that are valid in the version that the user chooses. */
export async function newMappingFile(): Promise<void> {
  const folder = await pickFolder();
  if (folder === undefined) return;
  const version = await pickVersion();
  if (version === undefined) return;
  const uri = await askForPath(folder, version);
  if (uri === undefined || !(await mayWrite(uri))) return;
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { overwrite: true, contents: new TextEncoder().encode(mappingTemplate(version)) });
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
    title: vscode.l10n.t('New Mapping File (1 of 2): Omnia Version'),
    placeHolder: vscode.l10n.t('Select the Omnia version that reads the file'),
  });
  return choice?.version;
}

/** The usual place is proposed: `input/` up to 2.2, `input/orchestrator/` from 2.3. */
async function askForPath(folder: vscode.WorkspaceFolder, version: OmniaVersion): Promise<vscode.Uri | undefined> {
  const usual = `${traitsOf(version).folder}/pxe_mapping_file.csv`;
  const input = await window.showInputBox({
    title: vscode.l10n.t('New Mapping File (2 of 2): Path in {0}', folder.name),
    value: usual,
    validateInput: (value) =>
      value.trim().endsWith('.csv') ? undefined : vscode.l10n.t('The mapping file name must end with .csv.'),
  });
  if (input === undefined) return undefined;
  const uri = vscode.Uri.joinPath(folder.uri, input.trim());
  if (!uri.path.startsWith(`${folder.uri.path.replace(/\/$/, '')}/`)) {
    throw refused(vscode.l10n.t('The path leads out of the folder {0}.', folder.name));
  }
  return uri;
}

/** True when there is no such file, or the user agrees to lose it. */
async function mayWrite(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return true;
  }
  const overwrite = vscode.l10n.t('Overwrite');
  const message = vscode.l10n.t(
    '{0} already exists. Do you want to overwrite it?',
    vscode.workspace.asRelativePath(uri),
  );
  return (await window.ask(message, [], overwrite)) === overwrite;
}
