import * as vscode from 'vscode';

/** What happens to a node in a step of the restart stage. The empty step is for older histories without steps. */
export function restartStepWord(step: string): string {
  const words: Readonly<Record<string, string>> = {
    '': vscode.l10n.t('since the reset'),
    drain: vscode.l10n.t('drains the node'),
    reach: vscode.l10n.t('contacts the BMC'),
    login: vscode.l10n.t('logs in'),
    ready: vscode.l10n.t('waiting for the iDRAC'),
    read: vscode.l10n.t('reads the system'),
    override: vscode.l10n.t('sets PXE'),
    verify: vscode.l10n.t('checks PXE'),
    reset: vscode.l10n.t('restarts'),
    power: vscode.l10n.t('waiting for power'),
    report: vscode.l10n.t('waiting for the node to report'),
  };
  return words[step] ?? step;
}
