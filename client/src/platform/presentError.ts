import * as vscode from 'vscode';
import { UserError } from './userError.ts';
import { window } from './window.ts';

/** Decides how an error reaches the user: a plain warning, or a message that leads to the log. */
export async function presentError(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  if (error instanceof UserError) {
    log.warn(`${error.reason}: ${error.message}`);
    await window.showWarningMessage(error.message);
    return;
  }
  if (error instanceof vscode.CancellationError) return;
  log.error(error instanceof Error ? error : String(error));
  const showLog = vscode.l10n.t('Show Log');
  const message = vscode.l10n.t(
    'BuildStreaM could not do that: {0}',
    error instanceof Error ? error.message : String(error),
  );
  if ((await window.showErrorMessage(message, showLog)) === showLog) log.show();
}
