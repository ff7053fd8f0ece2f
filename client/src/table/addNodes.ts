import type { AddNodes, ListColumn, SeriesColumn } from '@omnia-buildstream/core/editing/addNodes';
import * as vscode from 'vscode';
import { activeMappingEditor } from '../language/mappingEditor.ts';
import { window } from '../platform/window.ts';
import { applyChange, confirmChange, prepareChange, type TableContext } from './changeTable.ts';
import { pickGroup } from './pickGroup.ts';

/** More nodes belong in a file of their own. */
const mostNodes = 10_000;

const listed: readonly ListColumn[] = ['SERVICE_TAG', 'ADMIN_MAC', 'BMC_MAC'];
const counted: readonly SeriesColumn[] = ['HOSTNAME', 'ADMIN_IP', 'BMC_IP'];

/** Adds rows for new nodes at the end of the file, after a preview and as one undo step. */
export async function addNodes(context: TableContext): Promise<void> {
  const { document, viewColumn } = activeMappingEditor();
  const action = await askNodes(context, document);
  const prepared = action && (await prepareChange(context, document, action));
  if (prepared === undefined) return;
  const { count } = prepared.change;
  const file = vscode.workspace.asRelativePath(document.uri);
  const question =
    count === 1
      ? vscode.l10n.t('Add 1 node to the end of {0}?', file)
      : vscode.l10n.t('Add {0} nodes to the end of {1}?', count, file);
  const button = count === 1 ? vscode.l10n.t('Add 1 Node') : vscode.l10n.t('Add {0} Nodes', count);
  if (!(await confirmChange(context, prepared, question, button))) return;
  await applyChange(prepared);
  await vscode.window.showTextDocument(document, viewColumn);
}

/** Undefined if the user cancels. */
async function askNodes(context: TableContext, document: vscode.TextDocument): Promise<AddNodes | undefined> {
  const title = vscode.l10n.t('Add Nodes');
  const group = await pickGroup(context, document, title);
  if (group === undefined) return undefined;
  const role =
    group.role === ''
      ? await window.showInputBox({ title, prompt: vscode.l10n.t('Role of the nodes, such as slurm_node_x86_64') })
      : group.role;
  if (role === undefined) return undefined;
  const count = await window.showInputBox({
    title,
    prompt: vscode.l10n.t('Number of nodes'),
    value: '1',
    validateInput: (value) => (isCount(value) ? undefined : vscode.l10n.t('A number from 1 to {0}', mostNodes)),
  });
  if (count === undefined) return undefined;
  const starts: Partial<Record<SeriesColumn, string>> = {};
  for (const column of counted) {
    const prompt = vscode.l10n.t('Where {0} begins; a gap in the series is filled first', column);
    const start = await window.showInputBox({ title, prompt, value: group.starts[column] ?? '' });
    if (start === undefined) return undefined;
    if (start.trim() !== '') starts[column] = start.trim();
  }
  const lists: Partial<Record<ListColumn, readonly string[]>> = {};
  for (const column of listed) {
    const prompt = vscode.l10n.t(
      'Values for {0}, separated by spaces or commas; leave empty to fill them in later',
      column,
    );
    const list = await window.showInputBox({ title, prompt });
    if (list === undefined) return undefined;
    lists[column] = list.split(/[\s,;]+/).filter((value) => value !== '');
  }
  const shared = { FUNCTIONAL_GROUP_NAME: role.trim(), GROUP_NAME: group.name, PARENT_SERVICE_TAG: group.parent };
  return { kind: 'add', count: Number(count), shared, starts, lists };
}

function isCount(value: string): boolean {
  return /^[0-9]{1,5}$/.test(value.trim()) && Number(value) >= 1 && Number(value) <= mostNodes;
}
