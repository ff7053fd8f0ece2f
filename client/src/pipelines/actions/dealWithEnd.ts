import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import { window } from '../../platform/window.ts';
import type { WaitedFor } from '../waitedFor.ts';

/** Offers actions for the failed end of a pipeline. The end stays until it is dismissed or its pipeline is retried. */
export async function dealWithEnd({
  waited,
  onTold,
}: {
  readonly waited: WaitedFor;
  readonly onTold: () => void;
}): Promise<void> {
  const { ended } = waited;
  if (ended === undefined) throw refused(vscode.l10n.t('No failed pipeline is waiting for somebody.'));
  const target = { kind: 'root', rootId: ended.rootId };
  const items = [
    { label: vscode.l10n.t('Mark Booted and Retry…'), command: 'buildstream.markAndRetry', args: [target] },
    { label: vscode.l10n.t('Show Job Log'), command: 'buildstream.showJobLog', args: [] },
    { label: vscode.l10n.t('Open Report on Management Server…'), command: 'buildstream.openServerReport', args: [] },
    { label: vscode.l10n.t('Pull and Show Nodes'), command: 'buildstream.pullAndShowNodes', args: [] },
    { label: vscode.l10n.t('Open in GitLab'), command: 'buildstream.openInGitLab', args: [] },
    { label: vscode.l10n.t('Dismiss'), command: undefined, args: [] },
  ];
  const chosen = await window.showQuickPick(items, { title: ended.text });
  if (chosen === undefined) return;
  if (chosen.command !== undefined) {
    await vscode.commands.executeCommand(chosen.command, ...chosen.args);
    return;
  }
  await waited.setEnded(undefined);
  onTold();
}
