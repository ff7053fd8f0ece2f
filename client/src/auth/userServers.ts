import * as vscode from 'vscode';

const serversSetting = 'gitlab.servers';

/** Only the user's own settings count here: a folder must not decide whom to trust. */
export function serversOfUser(): unknown {
  return vscode.workspace.getConfiguration('buildstream').inspect<unknown>(serversSetting)?.globalValue;
}

export async function writeServers(servers: Readonly<Record<string, unknown>>): Promise<void> {
  const config = vscode.workspace.getConfiguration('buildstream');
  await config.update(serversSetting, servers, vscode.ConfigurationTarget.Global);
}
