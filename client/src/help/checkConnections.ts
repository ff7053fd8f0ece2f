import * as vscode from 'vscode';
import { connectionFacts, type ConnectionParts } from '../connections/connectionFacts.ts';
import { connectionRows } from '../connections/connectionRows.ts';
import { window } from '../platform/window.ts';

/** Connections whose test only reads and needs no further question. */
const tested = ['gitlab', 'api'] as const;

/**
 * Tests whether the connections that are set up respond, one after another, each with its own message. BMCs come last,
 * after a question, because there are many. Then shows what is missing, with a button for the next step. Changes
 * nothing anywhere and logs in to no BMC.
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
