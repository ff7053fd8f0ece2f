import * as vscode from 'vscode';
import { activeMappingEditor } from '../language/mappingEditor.ts';
import { fromPosition, fromRange, toRange } from '../language/places.ts';
import { window } from '../platform/window.ts';
import { applyChange, confirmChange, prepareChange, type TableContext } from './changeTable.ts';

type CellsContext = Pick<TableContext, 'server'>;

/** Puts a cursor on each value of the column that the cursor is in. */
export async function selectColumn({ server }: CellsContext): Promise<void> {
  const editor = activeMappingEditor();
  const at = fromPosition(editor.selection.active);
  const uri = editor.document.uri.toString();
  const ranges = await server.ask('buildstream/cells', { uri, at, want: 'column' });
  if (ranges.length > 0) editor.selections = ranges.map(selectionOf);
}

/** Selects the next or the previous cell. */
export async function goToCell({ server }: CellsContext, want: 'next' | 'previous'): Promise<void> {
  const editor = activeMappingEditor();
  const { start } = editor.selection;
  const uri = editor.document.uri.toString();
  const [range] = await server.ask('buildstream/cells', { uri, at: fromPosition(start), want });
  if (range === undefined) return;
  editor.selection = selectionOf(range);
  editor.revealRange(editor.selection);
}

/** Fills the other selected rows with the value of the first one, or with what follows it in its series. */
export async function fillColumn(context: CellsContext, kind: 'fill-down' | 'fill-series'): Promise<void> {
  const { document, selections } = activeMappingEditor();
  const prepared = await prepareChange(context, document, { kind, ranges: selections.map(fromRange) });
  if (prepared !== undefined) await applyChange(prepared);
}

/** Sorts the rows by the column of the cursor, once the user knows that their order matters to Omnia. */
export async function sortByColumn(context: TableContext): Promise<void> {
  const { document, selection, viewColumn } = activeMappingEditor();
  const at = fromPosition(selection.active);
  const column = await context.server.ask('buildstream/column', { uri: document.uri.toString(), at });
  const ways = [
    { label: vscode.l10n.t('Ascending'), isDescending: false },
    { label: vscode.l10n.t('Descending'), isDescending: true },
  ];
  const title = vscode.l10n.t('Sort Rows by {0}', column?.name ?? '');
  const way = await window.showQuickPick(ways, { title });
  if (way === undefined) return;
  const prepared = await prepareChange(context, document, { kind: 'sort', at, isDescending: way.isDescending });
  if (prepared === undefined) return;
  const { change } = prepared;
  if (change.edits.length === 0) {
    void window.showInformationMessage(change.notes.join(' '));
    return;
  }
  const question = vscode.l10n.t(
    'Sort the rows of {0} by {1}?',
    vscode.workspace.asRelativePath(document.uri),
    column?.name ?? '',
  );
  const button = change.count === 1 ? vscode.l10n.t('Move 1 Row') : vscode.l10n.t('Move {0} Rows', change.count);
  if (!(await confirmChange(context, prepared, question, button))) return;
  await applyChange(prepared);
  await vscode.window.showTextDocument(document, viewColumn);
}

function selectionOf(range: Parameters<typeof toRange>[0]): vscode.Selection {
  const { start, end } = toRange(range);
  return new vscode.Selection(start, end);
}
