import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import { activeMappingEditor } from '../language/mappingEditor.ts';
import { applyChange, confirmChange, prepareChange, type TableContext } from './changeTable.ts';

/** Inserts the table in the clipboard as rows at the end of the file, after a preview and as one undo step. */
export async function pasteRows(context: TableContext): Promise<void> {
  const { document, viewColumn } = activeMappingEditor();
  const text = await vscode.env.clipboard.readText();
  const prepared = await prepareChange(context, document, { kind: 'paste', text });
  if (prepared === undefined) {
    throw refused(
      vscode.l10n.t(
        'The clipboard holds no table with columns of this file. Copy at least two columns, best with their header.',
      ),
    );
  }
  const { count } = prepared.change;
  const file = vscode.workspace.asRelativePath(document.uri);
  const question =
    count === 1
      ? vscode.l10n.t('Insert 1 row at the end of {0}?', file)
      : vscode.l10n.t('Insert {0} rows at the end of {1}?', count, file);
  const button = count === 1 ? vscode.l10n.t('Insert 1 Row') : vscode.l10n.t('Insert {0} Rows', count);
  if (!(await confirmChange(context, prepared, question, button))) return;
  await applyChange(prepared);
  await vscode.window.showTextDocument(document, viewColumn);
}
