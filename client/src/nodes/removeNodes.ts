import { refused, type UserError } from '@omnia-buildstream/core/errors/userError';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import { noMappingFile } from '../errors/lacking.ts';
import type { CommandContext } from '../commands/commandContext.ts';
import { toTextEdit } from '../language/places.ts';
import { window } from '../platform/window.ts';
import { currentNodes, nodesFromMenu } from './commandNodes.ts';
import { nodeName } from './nodeLook.ts';
import { pickNodes } from './pickNodes.ts';

type RemoveContext = Pick<CommandContext, 'server' | 'nodes'>;

/**
 * Removes rows from the mapping file, for the nodes selected in the view or picked by the user, after the user has
 * confirmed the consequences. It is a single undo step. Saving and committing are left to the user.
 */
export async function removeNodes({ server, nodes }: RemoveContext, args: readonly unknown[]): Promise<void> {
  const given = nodesFromMenu(args);
  const offered = (given ?? (await currentNodes(nodes))).flatMap(withRow);
  const title = vscode.l10n.t('Remove Node from Mapping File');
  const chosen = given === undefined ? (await pickNodes(offered, title))?.flatMap(withRow) : offered;
  const uri = nodes.list?.mappingUri ?? undefined;
  if (chosen === undefined || chosen.length === 0 || uri === undefined) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  await vscode.window.showTextDocument(document, { preview: false });
  const { version } = document;
  const removal = await server.ask('buildstream/removeNodes', { uri, nodes: chosen.map(seen) });
  if (removal === null) throw noMappingFile();
  if (removal.refused !== null) throw refused(removal.refused);
  const { count, consequences, edits } = removal;
  if (count !== new Set(chosen.map(({ row }) => row)).size || document.version !== version) throw changed();
  const file = vscode.workspace.asRelativePath(document.uri);
  const [only] = chosen;
  const isOne = count === 1 && only !== undefined;
  const question = isOne
    ? vscode.l10n.t('Remove the row of {0} from {1}?', nodeName(only), file)
    : vscode.l10n.t('Remove {0} rows from {1}?', count, file);
  const button = isOne ? vscode.l10n.t('Remove 1 Row') : vscode.l10n.t('Remove {0} Rows', count);
  if ((await window.ask(question, consequences, button)) !== button) return;
  // The user confirmed consequences for exactly this version of the text.
  if (document.version !== version) throw changed();
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, edits.map(toTextEdit));
  if (!(await vscode.workspace.applyEdit(edit))) throw changed();
}

function withRow(node: NodeInfo): (NodeInfo & { readonly row: number })[] {
  const { row } = node;
  return row === undefined ? [] : [{ ...node, row }];
}

function seen({ row, bmcIp, hostname }: NodeInfo & { readonly row: number }) {
  return { row, bmcIp, hostname };
}

function changed(): UserError {
  const message = vscode.l10n.t('The mapping file was changed in the meantime. Nothing was removed. Try again.');
  return refused(message);
}
