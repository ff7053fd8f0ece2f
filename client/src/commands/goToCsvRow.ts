import { defaultOmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import * as vscode from 'vscode';
import { activeMappingEditor } from '../language/mappingEditor.ts';
import type { MappingStatuses } from '../language/mappingStatuses.ts';
import { versionLabel } from '../language/versionNames.ts';
import { lineOfCsvRow } from '../language/csvRow.ts';
import { window } from '../platform/window.ts';

/** Goes to the line that a message of Omnia calls "CSV row N". */
export async function goToCsvRow(statuses: MappingStatuses): Promise<void> {
  const editor = activeMappingEditor();
  const { document } = editor;
  const version = statuses.get(document.uri)?.version ?? defaultOmniaVersion;
  const text = document.getText();
  const lineOf = (input: string): number | undefined =>
    /^\s*\d+\s*$/.test(input) ? lineOfCsvRow(text, Number(input), version) : undefined;
  const input = await window.showInputBox({
    title: vscode.l10n.t('Go to CSV Row'),
    prompt: vscode.l10n.t('Row number as in the messages of {0}; the header is row 1', versionLabel(version)),
    validateInput: (value) =>
      value.trim() === '' || lineOf(value) !== undefined ? undefined : vscode.l10n.t('There is no such row.'),
  });
  const line = lineOf(input ?? '');
  if (line === undefined) return;
  const { range } = document.lineAt(line);
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  await vscode.window.showTextDocument(document, editor.viewColumn);
}
