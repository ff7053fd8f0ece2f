import * as vscode from 'vscode';
import { window } from '../platform/window.ts';
import { errorWords } from './errorWords.ts';
import { messageOf } from './messageOf.ts';

/** Shows an error, with a way on if there is one. An unexpected error leads to the log. */
export async function presentError(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const words = errorWords(error);
  if (words === 'silent') return;
  if (words === undefined) {
    await presentUnknown(error, log);
    return;
  }
  const { text, way, isGrave } = words;
  log.warn(text);
  const show = isGrave === true ? window.showErrorMessage : window.showWarningMessage;
  const pressed = await show(text, ...(way === undefined ? [] : [way.title]));
  if (way !== undefined && pressed === way.title)
    await vscode.commands.executeCommand(way.command, ...(way.args ?? []));
}

async function presentUnknown(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  log.error(error instanceof Error ? error : String(error));
  const showLog = vscode.l10n.t('Show Log');
  if ((await window.showErrorMessage(messageOf(error), showLog)) === showLog) log.show();
}
