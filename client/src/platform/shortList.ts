import * as vscode from 'vscode';

/** The first lines, as many as a dialog holds, and how many more there are. */
export function shortList(lines: readonly string[], mostShown = 20): string[] {
  const more = lines.length - mostShown;
  return more <= 0 ? [...lines] : [...lines.slice(0, mostShown), vscode.l10n.t('and {0} more', more)];
}
