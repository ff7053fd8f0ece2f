import type { StatusIcon, StatusInfo, Tone } from '@omnia-buildstream/gitlab/status/statuses';
import * as vscode from 'vscode';

/** Each state has its own shape, so that color is never the only cue. */
const codicons: Readonly<Record<StatusIcon, string>> = {
  passed: 'pass',
  warning: 'warning',
  failed: 'error',
  running: 'sync~spin',
  pending: 'watch',
  created: 'circle-outline',
  preparing: 'ellipsis',
  canceled: 'circle-slash',
  skipped: 'debug-step-over',
  manual: 'play-circle',
  scheduled: 'calendar',
  unknown: 'question',
};

const colors: Readonly<Record<Tone, string | undefined>> = {
  success: 'testing.iconPassed',
  warning: 'list.warningForeground',
  danger: 'list.errorForeground',
  info: 'charts.blue',
  neutral: undefined,
};

/** The same as single characters, for rows without room for more. */
const signs: Readonly<Record<StatusIcon, string>> = {
  passed: '✓',
  warning: '!',
  failed: '✗',
  running: '▶',
  pending: '…',
  created: '○',
  preparing: '…',
  canceled: '⊘',
  skipped: '–',
  manual: '▷',
  scheduled: '◷',
  unknown: '?',
};

export function statusSign({ icon }: StatusInfo): string {
  return signs[icon];
}

export function codiconOf({ icon }: StatusInfo): string {
  return codicons[icon];
}

export function statusIcon(info: StatusInfo): vscode.ThemeIcon {
  const color = colors[info.tone];
  return new vscode.ThemeIcon(codiconOf(info), color === undefined ? undefined : new vscode.ThemeColor(color));
}

/** The state as a word. A state that only a newer server knows stays as it is. */
export function statusWord({ label }: StatusInfo): string {
  const known: Readonly<Record<string, string>> = {
    created: vscode.l10n.t('created'),
    'waiting for resource': vscode.l10n.t('waiting for resource'),
    preparing: vscode.l10n.t('preparing'),
    'waiting for callback': vscode.l10n.t('waiting for callback'),
    pending: vscode.l10n.t('pending'),
    running: vscode.l10n.t('running'),
    passed: vscode.l10n.t('passed'),
    'passed with warnings': vscode.l10n.t('passed with warnings'),
    failed: vscode.l10n.t('failed'),
    'failed (allowed to fail)': vscode.l10n.t('failed (allowed to fail)'),
    canceling: vscode.l10n.t('canceling'),
    canceled: vscode.l10n.t('canceled'),
    skipped: vscode.l10n.t('skipped'),
    'manual action': vscode.l10n.t('waiting for manual start'),
    'waiting for manual action': vscode.l10n.t('waiting for manual start'),
    delayed: vscode.l10n.t('delayed'),
  };
  return known[label] ?? label;
}
