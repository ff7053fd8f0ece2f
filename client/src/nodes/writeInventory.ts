import { refused } from '@omnia-buildstream/core/errors/userError';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import { noMappingFile } from '../errors/lacking.ts';
import type { CommandContext } from '../commands/commandContext.ts';
import { window } from '../platform/window.ts';
import { currentNodes, nodesFromMenu } from './commandNodes.ts';
import { pickNodes } from './pickNodes.ts';

type InventoryContext = Pick<CommandContext, 'server' | 'nodes'>;

/**
 * Opens an inventory for Omnia's own PXE boot in a new document. It lists the nodes selected in the view, the failed
 * ones, the new ones, or those that the user picks. Explains how to run Omnia with it, but runs nothing.
 */
export async function writeInventory({ server, nodes }: InventoryContext, args: readonly unknown[]): Promise<void> {
  const chosen = nodesFromMenu(args) ?? (await chooseNodes(await currentNodes(nodes)));
  const rows = chosen?.flatMap(({ row, bmcIp, hostname }) => (row === undefined ? [] : [{ row, bmcIp, hostname }]));
  const uri = nodes.list?.mappingUri ?? undefined;
  if (rows === undefined) return;
  const made = uri === undefined ? null : await server.ask('buildstream/inventory', { uri, nodes: rows });
  if (made === null) throw noMappingFile();
  if (made.refused !== null) throw refused(made.refused);
  const document = await vscode.workspace.openTextDocument({ content: made.text, language: 'plaintext' });
  await vscode.window.showTextDocument(document, { preview: false });
  const save = vscode.l10n.t('Save…');
  const said = vscode.l10n.t('Nodes in the inventory: {0}.', made.count);
  void window.showInformationMessage(`${said} ${made.howTo}`, save).then(async (answer) => {
    if (answer === save) await vscode.commands.executeCommand('workbench.action.files.saveAs');
  });
}

/** Undefined if the user cancels. */
async function chooseNodes(all: readonly NodeInfo[]): Promise<readonly NodeInfo[] | undefined> {
  const offered = all.filter(({ row, bmcIp }) => row !== undefined && bmcIp !== '');
  const failed = offered.filter(({ state }) => state === 'failed');
  const fresh = offered.filter(({ state }) => state === 'new');
  const some = vscode.l10n.t('Select Nodes…');
  const ways = [
    { label: vscode.l10n.t('Failed Nodes'), description: String(failed.length), nodes: failed },
    { label: vscode.l10n.t('New Nodes'), description: String(fresh.length), nodes: fresh },
    { label: some, description: '', nodes: undefined },
  ].filter((way) => way.nodes?.length !== 0);
  const title = vscode.l10n.t('Select Nodes for the PXE Boot Inventory');
  const way = await window.showQuickPick(ways, { title });
  if (way === undefined) return undefined;
  return way.nodes ?? pickNodes(offered, title);
}
