import * as vscode from 'vscode';

/** Any further names are only counted. */
const mostNames = 3;

/** The nodes that a run waits for. Empty if there are none. */
export function waitingText(names: readonly string[]): string {
  if (names.length === 0) return '';
  const shown = names.slice(0, mostNames).join(', ');
  const more = names.length - mostNames;
  return more > 0
    ? vscode.l10n.t('waiting for {0} and {1} more', shown, more)
    : vscode.l10n.t('waiting for {0}', shown);
}
