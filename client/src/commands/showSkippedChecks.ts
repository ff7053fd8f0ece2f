import type { SkippedRule } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import { shareSetting, sourceOf } from '../language/limits.ts';
import { activeMappingEditor } from '../language/mappingEditor.ts';
import type { MappingStatuses } from '../language/mappingStatuses.ts';
import { window } from '../platform/window.ts';

interface SourceItem extends vscode.QuickPickItem {
  readonly source: string;
}

/** Shows which checks of the active file were skipped, and what would make them possible. */
export async function showSkippedChecks(statuses: MappingStatuses): Promise<void> {
  const { uri } = activeMappingEditor().document;
  const skipped = statuses.get(uri)?.skipped ?? [];
  if (skipped.length === 0) {
    void window.showInformationMessage(vscode.l10n.t('No check was skipped.'));
    return;
  }
  const choice = await window.showQuickPick(items(skipped), {
    title: vscode.l10n.t('Skipped Checks'),
    placeHolder: vscode.l10n.t('These checks need a file that was not found or cannot be read'),
    matchOnDetail: true,
  });
  if (choice === undefined) return;
  if (choice.source === shareSetting) {
    await vscode.commands.executeCommand('workbench.action.openSettings', shareSetting);
    return;
  }
  const [found] = await vscode.workspace.findFiles(`**/${choice.source}`, undefined, 1);
  if (found !== undefined) await vscode.window.showTextDocument(found);
  else await window.showInformationMessage(adviceFor(choice.source));
}

function items(skipped: readonly SkippedRule[]): SourceItem[] {
  const bySource = new Map<string, string[]>();
  for (const rule of skipped) bySource.set(sourceOf(rule), [...(bySource.get(sourceOf(rule)) ?? []), rule.code]);
  return [...bySource].map(([source, codes]) => ({
    source,
    label: `${source === shareSetting ? '$(settings-gear)' : '$(file)'} ${source}`,
    description: source === shareSetting ? vscode.l10n.t('not set') : vscode.l10n.t('missing or not readable'),
    detail: codes.join(', '),
  }));
}

function adviceFor(source: string): string {
  return vscode.l10n.t('Put {0} beside the mapping file or in the root folder of the workspace.', source);
}
