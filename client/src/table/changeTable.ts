import type { TableAction } from '@omnia-buildstream/core/editing/changeTable';
import type { TableChange } from '@omnia-buildstream/core/editing/tableChange';
import { refused, type UserError } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import type { CommandContext } from '../commands/commandContext.ts';
import { toTextEdit } from '../language/places.ts';
import { window } from '../platform/window.ts';

export type TableContext = Pick<CommandContext, 'server' | 'previews'>;

/** A change with the version of the document that it was made for. */
export interface PreparedChange {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly change: TableChange;
}

/**
 * Asks the server for the edits of an action. Undefined if the action does not apply to the file.
 * @throws UserError if the action is refused, or if the file has changed meanwhile
 */
export async function prepareChange(
  { server }: Pick<TableContext, 'server'>,
  document: vscode.TextDocument,
  action: TableAction,
): Promise<PreparedChange | undefined> {
  const { version } = document;
  const change = await server.ask('buildstream/changeTable', { uri: document.uri.toString(), version, action });
  if (document.version !== version) throw changedMeanwhile();
  if (change === null) return undefined;
  if (change.refused !== null) throw refused(change.refused);
  return { document, version, change };
}

/** Applies the edits as one undo step. */
export async function applyChange({ document, version, change }: PreparedChange): Promise<void> {
  if (document.version !== version) throw changedMeanwhile();
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, change.edits.map(toTextEdit));
  if (!(await vscode.workspace.applyEdit(edit))) throw changedMeanwhile();
}

/** Shows the change as a diff and asks, with a button that names the change. @returns false if the user cancels */
export async function confirmChange(
  { previews }: Pick<TableContext, 'previews'>,
  { document, change }: PreparedChange,
  question: string,
  button: string,
): Promise<boolean> {
  const name = vscode.workspace.asRelativePath(document.uri);
  const title = vscode.l10n.t('{0}: Preview of the Change', name);
  return previews.during(document, change.edits, title, async () => {
    return (await window.ask(question, change.notes, button)) === button;
  });
}

function changedMeanwhile(): UserError {
  return refused(vscode.l10n.t('The mapping file was changed in the meantime. Nothing was done. Try again.'));
}
