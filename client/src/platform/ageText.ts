import * as vscode from 'vscode';

/** How long ago something happened, in one unit. Clocks of other machines may be slightly ahead; that counts as now. */
export function ageText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return vscode.l10n.t('just now');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return vscode.l10n.t('{0} min ago', minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? vscode.l10n.t('{0} h ago', hours) : vscode.l10n.t('{0} days ago', Math.floor(hours / 24));
}

/** How long something has lasted, in one unit. Empty for less than a minute, which changes too often to read. */
export function lastingText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return '';
  return minutes < 120 ? vscode.l10n.t('for {0} min', minutes) : vscode.l10n.t('for {0} h', Math.floor(minutes / 60));
}

/** The local time of day, as operators write it down: `23:06`. */
export function timeOfDay(ms: number): string {
  return new Date(ms).toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
}
