import * as vscode from 'vscode';

const serversSetting = 'gitlab.servers';

/** What was before the map of trust. Only the user's own settings count here: a folder must not decide whom to trust. */
export function serversOfUser(): unknown {
  return vscode.workspace.getConfiguration('buildstream').inspect<unknown>(serversSetting)?.globalValue;
}
