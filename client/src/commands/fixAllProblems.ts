import * as vscode from 'vscode';
import { activeMappingEditor } from '../language/mappingEditor.ts';
import { window } from '../platform/window.ts';
import { applyChange, prepareChange, type TableContext } from '../table/changeTable.ts';

/** Applies every safe fix to the mapping file in the active editor as one undo step, and reports what is left. */
export async function fixAllProblems(context: Pick<TableContext, 'server'>): Promise<void> {
  const { document } = activeMappingEditor();
  const prepared = await prepareChange(context, document, { kind: 'fix-all' });
  if (prepared === undefined) return;
  const { edits, notes } = prepared.change;
  if (edits.length > 0) await applyChange(prepared);
  void window.showInformationMessage(
    notes.length === 0 ? vscode.l10n.t('This file has no problems.') : notes.join(' '),
  );
}
