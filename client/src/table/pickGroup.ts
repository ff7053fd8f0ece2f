import type { GroupFacts } from '@omnia-buildstream/core/editing/groupFacts';
import * as vscode from 'vscode';
import { window } from '../platform/window.ts';
import type { TableContext } from './changeTable.ts';

/** Asks for a group of the file, or for the name of a new one. Undefined if the user cancels. */
export async function pickGroup(
  { server }: Pick<TableContext, 'server'>,
  document: vscode.TextDocument,
  title: string,
): Promise<GroupFacts | undefined> {
  const groups = await server.ask('buildstream/groups', { uri: document.uri.toString() });
  const choice = await window.showQuickPick(
    [
      ...groups.map((group) => ({ label: group.name, description: `${group.role} · ${String(group.count)}`, group })),
      { label: vscode.l10n.t('New Group…'), description: '', group: undefined },
    ],
    { title, matchOnDescription: true },
  );
  if (choice === undefined || choice.group !== undefined) return choice?.group;
  const name = await window.showInputBox({ title, prompt: vscode.l10n.t('Name of the group, such as grp7') });
  return name === undefined ? undefined : { name: name.trim(), count: 0, role: '', parent: '', starts: {} };
}
