import * as vscode from 'vscode';
import { traitsOf } from '@omnia-buildstream/core/mapping/versions';
import { activeMappingEditor } from '../language/mappingEditor.ts';
import { versionLabel, versionNames } from '../language/versionNames.ts';
import { window } from '../platform/window.ts';
import { applyChange, confirmChange, prepareChange, type TableContext } from './changeTable.ts';

/**
 * Converts the file to the layout of another Omnia version, once the user has seen it and what is lost: one undo step.
 */
export async function convertFileLayout(context: TableContext): Promise<void> {
  const { document, viewColumn } = activeMappingEditor();
  const title = vscode.l10n.t('Convert Layout');
  const choice = await window.showQuickPick(versionNames(), { title });
  if (choice === undefined) return;
  const to = choice.version;
  const isWanted = traitsOf(to).osRelease === 'demanded';
  const prompt = vscode.l10n.t('OS release for roles that have none, such as rhel_10_0');
  const osRelease = isWanted ? await window.showInputBox({ title, prompt }) : '';
  if (osRelease === undefined) return;
  const prepared = await prepareChange(context, document, { kind: 'convert', to, osRelease: osRelease.trim() });
  if (prepared === undefined) return;
  const file = vscode.workspace.asRelativePath(document.uri);
  const question = vscode.l10n.t('Convert {0} to the layout of {1}?', file, versionLabel(to));
  const { count } = prepared.change;
  const button = count === 1 ? vscode.l10n.t('Convert 1 Row') : vscode.l10n.t('Convert {0} Rows', count);
  if (!(await confirmChange(context, prepared, question, button))) return;
  await applyChange(prepared);
  await vscode.window.showTextDocument(document, viewColumn);
}
