import type { Range } from '@omnia-buildstream/core/text/position';
import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import type { CommandContext } from '../commands/commandContext.ts';
import { activeMappingEditor } from '../language/mappingEditor.ts';
import { fromRange } from '../language/places.ts';
import { nodesFromMenu } from '../nodes/commandNodes.ts';
import { applyChange, confirmChange, prepareChange, type TableContext } from './changeTable.ts';
import { pickGroup } from './pickGroup.ts';

export type RowContext = TableContext & Pick<CommandContext, 'nodes'>;

/** Adds copies of the selected rows at the end of the file, with the next names and addresses. */
export async function duplicateNodes(context: RowContext, args: readonly unknown[]): Promise<void> {
  const { document, ranges } = await rowsMeant(context, args);
  const prepared = await prepareChange(context, document, { kind: 'duplicate', ranges });
  if (prepared === undefined) return;
  const { count } = prepared.change;
  const file = vscode.workspace.asRelativePath(document.uri);
  const question = vscode.l10n.t('Add copies of the selected nodes to the end of {0} ({1})?', file, count);
  const button = count === 1 ? vscode.l10n.t('Add 1 Node') : vscode.l10n.t('Add {0} Nodes', count);
  if (!(await confirmChange(context, prepared, question, button))) return;
  await applyChange(prepared);
  await vscode.window.showTextDocument(document);
}

/**
 * Moves the selected rows to another group, with its role and parent, once the user knows what that does to Slurm
 * nodes.
 */
export async function moveToGroup(context: RowContext, args: readonly unknown[]): Promise<void> {
  const { document, ranges } = await rowsMeant(context, args);
  const group = await pickGroup(context, document, vscode.l10n.t('Move Nodes to Group'));
  if (group === undefined) return;
  const prepared = await prepareChange(context, document, { kind: 'move-to-group', ranges, group: group.name });
  if (prepared === undefined) return;
  const { count } = prepared.change;
  const question =
    count === 1
      ? vscode.l10n.t('Move 1 node to the group {0}?', group.name)
      : vscode.l10n.t('Move {0} nodes to the group {1}?', count, group.name);
  const button = count === 1 ? vscode.l10n.t('Move 1 Node') : vscode.l10n.t('Move {0} Nodes', count);
  if (!(await confirmChange(context, prepared, question, button))) return;
  await applyChange(prepared);
  await vscode.window.showTextDocument(document);
}

/**
 * The rows that a command acts on: those of the nodes selected in the view, otherwise of the selection in the editor.
 */
async function rowsMeant(
  { nodes }: RowContext,
  args: readonly unknown[],
): Promise<{ readonly document: vscode.TextDocument; readonly ranges: readonly Range[] }> {
  const given = nodesFromMenu(args);
  const uri = nodes.list?.mappingUri ?? undefined;
  if (given === undefined || uri === undefined) {
    const { document, selections } = activeMappingEditor();
    return { document, ranges: selections.map(fromRange) };
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  await vscode.window.showTextDocument(document, { preview: false });
  const lines = given.flatMap(({ row, hostname }) =>
    row === undefined || !document.lineAt(row).text.includes(hostname) ? [] : [row],
  );
  if (lines.length < given.length) {
    throw refused(vscode.l10n.t('The mapping file was changed in the meantime. Nothing was done. Try again.'));
  }
  return {
    document,
    ranges: lines.map((line) => ({ start: { line, character: 0 }, end: { line, character: 1 } })),
  };
}
