import * as vscode from 'vscode';
import { connectionFacts, type ConnectionParts } from '../connections/connectionFacts.ts';
import { connectionRows } from '../connections/connectionRows.ts';
import { window } from '../platform/window.ts';
import { remoteKind } from './remoteKind.ts';

interface Parts extends ConnectionParts {
  readonly context: Pick<vscode.ExtensionContext, 'extension'>;
}

interface Manifest {
  readonly version: string;
  /** Where to report bugs, if the project has an address (scripts/release/address.mjs). */
  readonly bugs?: { readonly url: string };
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  };
}

/**
 * Copies what helps to find a bug to the clipboard: versions, connections, and the names of settings that differ. No
 * values, because they may be private. Then offers a way to report the bug, if there is one.
 */
export async function copyDiagnostics(parts: Parts): Promise<void> {
  const { version, bugs, contributes } = parts.context.extension.packageJSON as Manifest;
  const rows = connectionRows(await connectionFacts(parts));
  const names = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
  const lines = [
    `Omnia BuildStreaM ${version}`,
    `VS Code ${vscode.version}, ${vscode.env.appHost}, ${remoteKind(vscode.env.remoteName)}`,
    `Extension host: Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    `Workspace: ${vscode.workspace.isTrusted ? 'trusted' : 'restricted'}, ${String(vscode.workspace.workspaceFolders?.length ?? 0)} folder(s)`,
    `Connections: ${rows.map(({ id, isUsable }) => `${id} ${isUsable ? 'set up' : 'missing'}`).join(', ')}`,
    `Settings that differ: ${differing(names).join(', ') || 'none'}`,
  ];
  const text = `${lines.join('\n')}\n`;
  await vscode.env.clipboard.writeText(text);
  const told = vscode.l10n.t(
    'Diagnostics are in the clipboard: versions, connections, and the names of settings that differ. They hold no addresses and no secrets.',
  );
  if (bugs === undefined) {
    const where = vscode.l10n.t('To report a problem, send them to the person who gave you this extension.');
    void window.showInformationMessage(`${told} ${where}`);
    return;
  }
  const report = vscode.l10n.t('Report Issue…');
  if ((await window.showInformationMessage(told, report)) !== report) return;
  // VS Code's issue reporter supports GitHub only.
  if (new URL(bugs.url).hostname !== 'github.com') {
    await vscode.env.openExternal(vscode.Uri.parse(`${bugs.url}/new`, true));
    return;
  }
  const issue = { extensionId: parts.context.extension.id, extensionData: text };
  await vscode.commands.executeCommand('workbench.action.openIssueReporter', issue);
}

function differing(names: readonly string[]): string[] {
  const config = vscode.workspace.getConfiguration();
  return names.filter((name) => {
    const found = config.inspect<unknown>(name);
    return [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue].some(
      (value) => value !== undefined,
    );
  });
}
