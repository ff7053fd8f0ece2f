import { tokenClaims } from '@omnia-buildstream/runner/workload/tokenClaims';
import * as vscode from 'vscode';
import { clock } from '../../platform/clock.ts';
import type { TokenKind } from './serverTokens.ts';

const missing = (): string => vscode.l10n.t('Nothing was run, because the token was not entered.');

export const openchamiToken: TokenKind = {
  key: 'openchami',
  title: () => vscode.l10n.t('Token for OpenCHAMI'),
  prompt: ({ origin }) =>
    vscode.l10n.t('Token for {0}. Leave empty for none. It is kept in the secret storage.', origin),
  missing,
  isOptional: true,
  isValid: () => true,
};

/** Slurm's tokens contain their expiry time. It is half an hour unless `scontrol token` is given another one. */
export const slurmToken: TokenKind = {
  key: 'slurm',
  title: () => vscode.l10n.t('Token for slurmrestd'),
  prompt: ({ origin }) =>
    vscode.l10n.t('Token for {0}, as "scontrol token" gives it. It is kept in the secret storage.', origin),
  missing,
  isOptional: false,
  isValid: (token) => (tokenClaims(token).endMs ?? Infinity) > clock.now(),
};
