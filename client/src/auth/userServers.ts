import * as vscode from 'vscode';

const serversSetting = 'gitlab.servers';

/**
 * The older setting, from before the trust rules. Only the user's own settings count: a folder must not decide whom to
 * trust.
 */
export function serversOfUser(): unknown {
  return vscode.workspace.getConfiguration('buildstream').inspect<unknown>(serversSetting)?.globalValue;
}
