import * as vscode from 'vscode';

/**
 * Writes a setting of ours: for the folder if it already has a value there, otherwise for the workspace, or for the
 * user if no folder is open.
 */
export async function writeSetting(name: string, value: unknown, uri?: vscode.Uri): Promise<void> {
  const config = vscode.workspace.getConfiguration('buildstream', uri);
  const inspected = config.inspect(name);
  const { ConfigurationTarget } = vscode;
  const target =
    inspected?.workspaceFolderValue !== undefined
      ? ConfigurationTarget.WorkspaceFolder
      : vscode.workspace.workspaceFolders === undefined
        ? ConfigurationTarget.Global
        : ConfigurationTarget.Workspace;
  await config.update(name, value, target);
}
