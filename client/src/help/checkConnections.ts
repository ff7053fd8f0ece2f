import * as vscode from 'vscode';
import { connectionFacts, type ConnectionParts } from '../connections/connectionFacts.ts';
import { connectionRows } from '../connections/connectionRows.ts';
import { window } from '../platform/window.ts';

/** Servers whose test reads only and needs no further question. */
const tested = ['gitlab', 'api'] as const;

/**
 * Asks what is connected whether it responds, one after another, each with its own message: BMCs last, after a question, since
 * they are many. Then says what is missing, with the button for the next step. Nothing is changed anywhere, and nobody logs
 * in to a BMC.
 */
export async function checkConnections(parts: ConnectionParts): Promise<void> {
  const rows = connectionRows(await connectionFacts(parts)).filter(({ id }) => id !== 'lab');
  for (const { id, isUsable, command } of rows) {
    if (isUsable && tested.some((one) => one === id)) await vscode.commands.executeCommand(command);
  }
  await vscode.commands.executeCommand('buildstream.checkBmcs');
  const missing = rows.filter(({ isUsable }) => !isUsable);
  const [next] = missing;
  if (next === undefined) return;
  const names = missing.map(({ label, state }) => `${label} (${state})`).join(', ');
  const way = vscode.l10n.t('Next: {0}', next.label);
  if ((await window.showWarningMessage(vscode.l10n.t('Missing: {0}.', names), way)) === way) {
    await vscode.commands.executeCommand(next.command);
  }
}
